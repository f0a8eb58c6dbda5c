import { isPositive, subtract } from '@slipway/contracts/primitives'
import {
  verifyWebhook,
  Webhook,
  webhookSignatureHeader,
  type PaymentPageState,
  type SandboxBankClient,
} from '@slipway/contracts/sandbox-bank'
import { AppError } from '@slipway/errors'
import { UpstreamProblem } from '@slipway/s2s'
import { Compile } from 'typebox/compile'
import { ProviderRefused, ProviderUnclear, SignatureRefused, WebhookUnreadable } from '../errors.ts'
import type {
  PaymentProvider,
  PaymentToCapture,
  PaymentToFind,
  PaymentToOpen,
  ProviderNotice,
  ProviderPayment,
  ProviderRefund,
  ReceivedWebhook,
  RefundToMake,
  SettlementPage,
} from '../payment-provider.ts'

interface Options {
  client: SandboxBankClient
  webhookSecrets: readonly string[]
}

const webhooks = Compile(Webhook)

/** Refusals that may be over next time. */
const passing = new Set([408, 425, 429])

export class SandboxBankProvider implements PaymentProvider {
  readonly name = 'sandbox-bank'
  readonly #client: SandboxBankClient
  readonly #webhookSecrets: readonly string[]

  constructor({ client, webhookSecrets }: Options) {
    this.#client = client
    this.#webhookSecrets = webhookSecrets
  }

  async open({ id, amount, returnUrl, captureMode: capture }: PaymentToOpen): Promise<ProviderPayment> {
    return toPayment(await clear(this.#client.openPage({ reference: id, amount, returnUrl, capture }, id)))
  }

  async find({ id, providerId }: PaymentToFind): Promise<ProviderPayment | undefined> {
    const asked = providerId ? this.#client.page(providerId) : this.#client.pageByReference(id)
    const page = await clear(asked.catch(unless('PAGE_NOT_FOUND')))
    return page && toPayment(page)
  }

  async cancel(payment: PaymentToFind): Promise<ProviderPayment | undefined> {
    const found = await this.find(payment)
    if (found?.status !== 'open' && found?.status !== 'authorized') return found
    const page = await clear(this.#client.cancelPage(found.id).catch(unless('PAGE_PAID')))
    return page ? toPayment(page) : this.find(payment)
  }

  async capture({ providerId, capturing: amount }: PaymentToCapture): Promise<ProviderPayment> {
    return toPayment(await clear(this.#client.capturePage(providerId!, { amount })))
  }

  async refund({ id, providerId, amount }: RefundToMake): Promise<ProviderRefund> {
    return clear(this.#client.refund({ pageId: providerId, amount }, id))
  }

  async settlement({ from, to }: { from: Date; to: Date }, cursor?: string): Promise<SettlementPage> {
    const period = { from: from.toISOString(), to: to.toISOString() }
    const { items, nextCursor } = await clear(this.#client.settlement({ ...period, limit: 500, cursor }))
    return { lines: items.map((line) => ({ ...line, at: new Date(line.at) })), next: nextCursor ?? undefined }
  }

  readWebhook({ headers, body, now }: ReceivedWebhook): ProviderNotice {
    const signature = headers[webhookSignatureHeader]
    const seconds = Math.floor(now.getTime() / 1_000)
    if (typeof signature !== 'string' || !verifyWebhook(this.#webhookSecrets, signature, body, seconds))
      throw new SignatureRefused()
    const { id, type, sequence, data } = read(body)
    const payment = toPayment(data)
    return { id, type, sequence, about: { reference: payment.reference }, payment }
  }

  close() {
    return this.#client.close()
  }
}

function toPayment({ status, captured, refunded, ...page }: PaymentPageState): ProviderPayment {
  const { id, reference, url, amount, declineCode } = page
  return {
    ...{ id, reference, url, amount, declineCode },
    ...(isPositive(captured) && { captured }),
    // a refund may have been made whose answer we never got
    ...(status === 'charged_back' && { chargedBack: subtract(captured, refunded) }),
    status: status === 'requires_confirmation' ? 'open' : status,
  }
}

function read(body: string): Webhook {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new WebhookUnreadable()
  }
  if (!webhooks.Check(value)) throw new WebhookUnreadable()
  return value
}

const unless = (code: string) => (error: unknown) => {
  if (error instanceof UpstreamProblem && error.code === code) return undefined
  throw error
}

/** Tells a refusal for good from everything that leaves us in the dark. */
async function clear<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (error instanceof UpstreamProblem && !passing.has(error.status)) throw new ProviderRefused(error.code, error)
    throw error instanceof AppError ? new ProviderUnclear(error) : error
  }
}
