import { may, type Caller } from '@slipway/service-kit'
import { PaymentNotFound } from './errors.ts'
import type { Payment } from './payment.ts'

/** Somebody else's payment looks as if it were not there. @throws PaymentNotFound */
export function mustSee(caller: Caller, payment: Payment | undefined): Payment {
  if (!payment || (payment.userId !== caller.id && !may(caller, 'payments:read'))) throw new PaymentNotFound()
  return payment
}
