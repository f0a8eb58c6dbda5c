import type { PrismaTransaction } from '../page/page.store.ts'
import type { Webhook } from './webhook.ts'

/** Webhooks inside the transaction of the change that they tell of. */
export class WebhookStore {
  readonly #webhooks: PrismaTransaction['prisma']['webhook']

  constructor({ prisma }: PrismaTransaction) {
    this.#webhooks = prisma.webhook
  }

  async add(webhook: Webhook): Promise<void> {
    await this.#webhooks.create({ data: webhook })
  }
}
