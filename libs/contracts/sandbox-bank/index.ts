export { SandboxBankClient } from './client.ts'
export {
  BankRefund,
  Card,
  NewPaymentPage,
  NewRefund,
  PageStatus,
  PaymentPageState,
  Webhook,
  webhookTypes,
} from './schemas.ts'
export { signWebhook, verifyWebhook, webhookSignatureHeader } from './webhook-signature.ts'
