import type { Payment as PaymentBody } from '@slipway/contracts/acquiring'
import { isPositive } from '@slipway/contracts/primitives'
import type { Payment } from './payment.ts'

/** The payment as its owner sees it. */
export const paymentView = ({
  id,
  cartId,
  status,
  amount,
  captured,
  refunded,
  url,
  ending,
  failureCode,
  createdAt,
}: Payment): PaymentBody => ({
  id,
  cartId,
  status,
  amount,
  ...(isPositive(captured) && { captured }),
  ...(isPositive(refunded) && { refunded }),
  ...(status === 'requires_action' && url && !ending && { nextAction: { type: 'redirect', url } }),
  ...(status === 'failed' && failureCode && { failureCode }),
  createdAt: createdAt.toISOString(),
})
