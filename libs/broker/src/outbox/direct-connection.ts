import type { Sql } from '@slipway/database'
import type { Logger } from '@slipway/observability'
import pg from 'pg'

interface DirectConnectionOptions {
  url: string
  /** Whose it is, as PostgreSQL shows it. */
  name: string
  channel: string
  logger: Logger
  /** Called for each NOTIFY on the channel, and when the connection broke, since some may be missed then. */
  onNotify: () => void
  /** How long a statement is waited for. Then the connection counts as broken: the network may be, without a word. */
  answerMs?: number
}

/**
 * One connection past the pool and past any pooler: it listens, its statements are prepared and wait for nobody. Opened
 * when first used and again after it broke; the statement that finds it broken, or gets no answer, fails.
 */
export class DirectConnection implements Sql {
  readonly #options: DirectConnectionOptions
  readonly #statements = new Map<string, string>()
  #client: Promise<pg.Client> | undefined
  #closed = false

  constructor(options: DirectConnectionOptions) {
    this.#options = options
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []) {
    const opened = this.#connected()
    const client = await opened
    try {
      return await client.query<Row>({ text, values: [...values], name: this.#nameOf(text) })
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) this.#forget(opened, error) // the server did not say so
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const client = await this.#client?.catch(() => undefined)
    await client?.end().catch(() => {})
  }

  #connected(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(new Error('The connection is closed'))
    if (this.#client) return this.#client
    const { url, name, onNotify, answerMs = 10_000 } = this.#options
    const client = new pg.Client({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerMs,
      keepAlive: true,
    })
    const opened = this.#open(client)
    const forget = (err?: Error) => this.#forget(opened, err)
    client.on('notification', onNotify).on('end', forget).on('error', forget)
    return (this.#client = opened)
  }

  async #open(client: pg.Client): Promise<pg.Client> {
    try {
      await client.connect()
      await client.query(`LISTEN ${pg.escapeIdentifier(this.#options.channel)}`)
      return client
    } catch (error) {
      this.#client = undefined
      client.end().catch(() => {})
      throw error
    }
  }

  #forget(opened: Promise<pg.Client>, err?: unknown): void {
    if (this.#client !== opened) return
    this.#client = undefined
    // with a statement in hand it does not wait for the server
    opened.then((client) => client.end()).catch(() => {})
    const { logger, onNotify } = this.#options
    if (!this.#closed) logger.warn({ err }, 'the relay lost its database connection')
    onNotify()
  }

  #nameOf(text: string): string {
    const name = this.#statements.get(text) ?? `statement_${this.#statements.size}`
    this.#statements.set(text, name)
    return name
  }
}
