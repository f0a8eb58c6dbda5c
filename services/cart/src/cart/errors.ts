import { AppError } from '@slipway/errors'

export class CartNotFound extends AppError {
  readonly code = 'CART_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such cart')
  }
}

export class CartLocked extends AppError {
  readonly code = 'CART_LOCKED'
  readonly status = 409
  constructor(paymentId: string) {
    super('The cart is being paid: finish or cancel the payment first', { extensions: { paymentId } })
  }
}

export class CartPaid extends AppError {
  readonly code = 'CART_PAID'
  readonly status = 409
  constructor() {
    super('The cart is paid already')
  }
}

export class CartEmpty extends AppError {
  readonly code = 'CART_EMPTY'
  readonly status = 409
  constructor() {
    super('The cart holds nothing that can be bought')
  }
}

export class CartFull extends AppError {
  readonly code = 'CART_FULL'
  readonly status = 409
  constructor(maximum: number) {
    super(`A cart holds at most ${maximum} different products`, { extensions: { maximum } })
  }
}

export class PaymentNotAccepted extends AppError {
  readonly code = 'PAYMENT_NOT_ACCEPTED'
  readonly status = 409
  constructor() {
    super('This payment has ended or belongs to another cart')
  }
}
