import { TransactionPool } from '@slipway/database'
import type pg from 'pg'
import { connectTo } from './admin.ts'
import type { Connections } from './recorded-pool.ts'
import { savepointClient } from './savepoint-client.ts'
import { StatementQueue } from './statement-queue.ts'

/** One connection for the tests of a file, each of which has a transaction that is rolled back in the end. */
export class RollbackConnection {
  readonly #client: pg.Client
  readonly #deferred: readonly string[]
  #latest?: RollbackTransaction

  private constructor(client: pg.Client, deferred: readonly string[]) {
    this.#client = client
    this.#deferred = deferred
  }

  static async open(url: string): Promise<RollbackConnection> {
    const client = await connectTo(url, 'rollback')
    const { rows } = await client.query<{ name: string }>(deferredConstraints)
    return new RollbackConnection(
      client,
      rows.map(({ name }) => name),
    )
  }

  /** Ends what a test before did not, such as one that took too long. */
  async begin(): Promise<RollbackTransaction> {
    await this.#latest?.rollBack()
    await this.#client.query('BEGIN')
    return (this.#latest = new RollbackTransaction(new StatementQueue(this.#client, this.#deferred)))
  }

  async close() {
    await this.#client.end()
  }
}

/**
 * What the application takes for connections of its own are views of the one: its transactions become savepoints, and
 * so does each of its statements outside of them, so that one that fails does not spoil the rest.
 */
export class RollbackTransaction implements Connections {
  readonly #queue: StatementQueue

  constructor(queue: StatementQueue) {
    this.#queue = queue
  }

  /** Statements of the application so far, without the control of transactions. */
  get statements(): readonly string[] {
    return this.#queue.statements
  }

  /** A pool whose only connection is a view of this one: whoever wants it waits for whoever has it. */
  createPool = (config: pg.PoolConfig): TransactionPool =>
    new TransactionPool({
      ...config,
      max: 1,
      idleTimeoutMillis: 0,
      Client: savepointClient(this.#queue),
    } as pg.PoolConfig)

  /** What uses it afterwards fails: the connection is the next test's. */
  async rollBack() {
    await this.#queue.end('ROLLBACK')
  }
}

/** Constraints, constraint triggers among them, that are checked at the end of a transaction unless told otherwise. */
const deferredConstraints = `
  SELECT DISTINCT format('%I.%I', n.nspname, c.conname) AS name
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
  WHERE c.condeferred`
