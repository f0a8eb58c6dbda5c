import { newId } from '@slipway/service-kit'
import type { Api } from '@slipway/testing'
import { apiKey } from './test.ts'

const authorization = `Bearer ${apiKey}`
export const usd = (amount: number) => ({ amount, currency: 'USD' })

export interface OpenedPage {
  id: string
  reference: string
}

interface Opening {
  reference?: string
  amount?: { amount: number; currency: string }
  returnUrl?: string
  capture?: 'automatic' | 'manual'
  /** Idempotency key; the reference unless given. */
  key?: string
  fault?: string
}

const withFault = (fault: string | undefined): Record<string, string> =>
  fault === undefined ? {} : { 'x-sandbox-fault': fault }

/** What a merchant does at the bank. */
export const merchant = (api: Api) => ({
  post: (path: string, body?: object, headers: Record<string, string> = {}) =>
    api.post(`/sandbox-bank${path}`, body, { authorization, ...headers }),

  get: (path: string) => api.get(`/sandbox-bank${path}`, { authorization }),

  openPage({ reference = newId(), amount = usd(1_250), key = reference, fault, ...body }: Opening = {}) {
    const headers = { authorization, 'idempotency-key': key, ...withFault(fault) }
    return api.post('/sandbox-bank/v1/pages', { reference, amount, ...body }, headers)
  },

  /** The page itself, opened for sure. */
  async page(opening: Opening = {}): Promise<OpenedPage> {
    const { status, json } = await this.openPage(opening)
    if (status !== 201) throw new Error(`No page: ${status}`)
    return json
  },

  put: (path: string, body: object) => api.put(`/sandbox-bank${path}`, body, { authorization }),

  capture(pageId: string, amount?: number) {
    return this.post(`/v1/pages/${pageId}/capture`, amount === undefined ? {} : { amount: usd(amount) })
  },

  refund(pageId: string, amount: number, key: string = newId(), currency = 'USD') {
    return this.post('/v1/refunds', { pageId, amount: { amount, currency } }, { 'idempotency-key': key })
  },
})
