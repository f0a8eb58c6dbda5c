import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { allowNetwork } from '@slipway/testing'
import getPort from 'get-port'
import { vi } from 'vitest'
import { apiKey, webhookSecret } from './test.ts'
import { typed } from './payer.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** The bank as a process of its own, to be killed. */
export class BankProcess {
  readonly #child: ChildProcess
  readonly #base: string

  readonly #closeNetwork: () => void

  private constructor(child: ChildProcess, base: string) {
    this.#child = child
    this.#base = base
    this.#closeNetwork = allowNetwork(base)
  }

  /** Not yet up: see `ready`. To be stopped in any case, also when it never gets ready. */
  static async launch(databaseUrl: string, webhookUrl: string): Promise<BankProcess> {
    const port = await getPort({ host: '127.0.0.1' })
    const origin = `http://127.0.0.1:${port}`
    const env = {
      NODE_ENV: 'test',
      PORT: String(port),
      PUBLIC_URL: origin,
      SSO_URL: `${origin}/sso`,
      TOKEN_ISSUER: `${origin}/sso`,
      DATABASE_URL: databaseUrl,
      EVENTS_DATABASE_URL: databaseUrl,
      SANDBOX_BANK_API_KEY: apiKey,
      WEBHOOK_URL: webhookUrl,
      WEBHOOK_SECRET: webhookSecret,
    }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.pipe(process.stderr, { end: false })
    return new BankProcess(child, `${origin}/sandbox-bank`)
  }

  async ready(): Promise<void> {
    const up = async () => {
      const { ok } = await fetch(`${this.#base}/health/ready`)
      if (!ok) throw new Error('The bank is not ready')
    }
    await vi.waitFor(up, { timeout: 60_000, interval: 50 })
  }

  async openPage(reference: string): Promise<string> {
    const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': reference }
    const amount = { amount: 1_250, currency: 'USD' }
    const { id } = (await this.post('/v1/pages', { reference, amount }, headers)) as { id: string }
    return id
  }

  pay(id: string, card: string) {
    return this.post(`/v1/pages/${id}/pay`, typed(card))
  }

  async post(path: string, body: object, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<unknown> {
    const response = await fetch(`${this.#base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal,
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  async page(reference: string): Promise<{ status: string } | undefined> {
    const headers = { authorization: `Bearer ${apiKey}` }
    const response = await fetch(`${this.#base}/v1/pages/by-reference/${reference}`, { headers })
    return response.ok ? ((await response.json()) as { status: string }) : undefined
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#closeNetwork()
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill(signal)
    await gone
  }
}
