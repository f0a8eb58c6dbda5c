export { SandboxBankClient } from './client.ts'
export { sandboxBankContract } from './contract.ts'
export {
  BankClock,
  BankRefund,
  Card,
  Confirmation,
  NewCapture,
  NewPaymentPage,
  NewRefund,
  PageStatus,
  pageStatuses,
  PaymentOutcome,
  PaymentPageState,
  Reference,
  SettlementLine,
  SettlementPage,
  SettlementQuery,
  Webhook,
  webhookTypes,
  type WebhookType,
} from './schemas.ts'
export { signWebhook, verifyWebhook, webhookSignatureHeader } from './webhook-signature.ts'
