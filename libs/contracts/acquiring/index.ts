export {
  PaymentCanceled,
  PaymentCaptured,
  PaymentChargedBack,
  PaymentExpired,
  PaymentFailed,
  RefundFailed,
  RefundSucceeded,
} from './events.ts'
export { acquiringPermissions } from './permissions.ts'
export {
  NewPayment,
  NewRefund,
  Payment,
  PaymentPage,
  paymentStatuses,
  PaymentStatus,
  Refund,
  RefundPage,
  RefundStatus,
} from './schemas.ts'
