export { SandboxBankClient } from './client.ts'
export { sandboxBankContract } from './contract.ts'
export {
  BankRefund,
  Card,
  Confirmation,
  NewPaymentPage,
  NewRefund,
  PageStatus,
  PaymentOutcome,
  PaymentPageState,
  Reference,
  Webhook,
  webhookTypes,
  type WebhookType,
} from './schemas.ts'
export { signWebhook, verifyWebhook, webhookSignatureHeader } from './webhook-signature.ts'
