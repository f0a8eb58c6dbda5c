export {
  PaymentCanceled,
  PaymentCaptured,
  PaymentChargedBack,
  PaymentExpired,
  PaymentFailed,
  RefundFailed,
  RefundSucceeded,
} from './events.ts'
export { NewPayment, Payment, PaymentPage, paymentStatuses, PaymentStatus } from './schemas.ts'
