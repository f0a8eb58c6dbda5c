import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { TransactionEnded } from './errors.ts'
import { transactionClient } from './transaction-client.ts'

interface Slot {
  client?: pg.PoolClient
  done: boolean
}

type ConnectCallback = Parameters<pg.Pool['connect']>[0]

/**
 * A pool that knows which connection a transaction runs on, so that whoever opened the transaction (Prisma) and
 * plain SQL share it. Asking the pool for another connection inside a transaction is refused: it would see other
 * data, and under load it waits for itself.
 */
export class TransactionPool extends pg.Pool {
  readonly #slots = new AsyncLocalStorage<Slot>()

  constructor(config: pg.PoolConfig) {
    super(config)
    // a connection that breaks while it is taken: the statement under way tells, or the next one
    this.on('connect', (client) => client.on('error', () => {}))
  }

  /** Runs `work`; the first connection taken in it is what `connection()` answers until `work` has ended. */
  async transaction<T>(work: (connection: () => pg.PoolClient) => Promise<T>): Promise<T> {
    const slot: Slot = { done: false }
    try {
      return await this.#slots.run(slot, () =>
        work(() => {
          if (!slot.client || slot.done) throw new TransactionEnded()
          return slot.client
        }),
      )
    } finally {
      slot.done = true
    }
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: NonNullable<ConnectCallback>): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const slot = this.#slots.getStore()
    if (slot?.client && !slot.done) {
      const error = new Error('Inside a transaction only its own connection may be used (tx.prisma, tx.sql)')
      if (callback) return callback(error, undefined, () => {})
      return Promise.reject(error)
    }
    // it may have to wait, and is then called by whoever gives a connection back
    if (callback) return super.connect(AsyncLocalStorage.bind(callback))
    return this.#connectInto(slot)
  }

  async #connectInto(slot: Slot | undefined): Promise<pg.PoolClient> {
    const client = await super.connect()
    if (!slot || slot.done) return client
    return (slot.client = transactionClient(client))
  }
}
