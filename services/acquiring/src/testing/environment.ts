export const bankUrl = 'http://bank.test'
export const webhookSecret = 'webhook-secret'

export const environment = {
  CART_URL: 'http://cart.test/cart',
  SANDBOX_BANK_URL: `${bankUrl}/sandbox-bank`,
  SANDBOX_BANK_API_KEY: 'bank-key',
  SANDBOX_BANK_WEBHOOK_SECRET: webhookSecret,
}
