import { TransactionPool } from '@slipway/database'
import type pg from 'pg'
import { connectTo } from './admin.ts'
import { savepointClient } from './savepoint-client.ts'
import { StatementQueue } from './statement-queue.ts'

/**
 * One connection on which everything is rolled back in the end. What the application takes for connections of its own
 * are views of this one: its transactions become savepoints, and so does each of its statements outside of them, so
 * that one that fails does not spoil the rest.
 */
export class RollbackConnection {
  readonly #client: pg.Client
  readonly #queue: StatementQueue

  private constructor(client: pg.Client, deferred: readonly string[]) {
    this.#client = client
    this.#queue = new StatementQueue(client, deferred)
  }

  static async open(url: string): Promise<RollbackConnection> {
    const client = await connectTo(url, 'rollback')
    const { rows } = await client.query<{ name: string }>(deferredConstraints)
    await client.query('BEGIN')
    return new RollbackConnection(
      client,
      rows.map(({ name }) => name),
    )
  }

  /** Statements of the application so far, without the control of transactions. */
  get statements(): readonly string[] {
    return this.#queue.statements
  }

  /** Begins what `rollBack` undoes. */
  async begin() {
    // a rollback brings back the state that constraints had when it was first changed inside, not before
    await this.#queue.deferConstraints()
    await this.#queue.raw('SAVEPOINT test')
  }

  async rollBack() {
    await this.#queue.raw('ROLLBACK TO SAVEPOINT test; RELEASE SAVEPOINT test')
  }

  /** A pool whose only connection is a view of this one: whoever wants it waits for whoever has it. */
  createPool = (config: pg.PoolConfig): TransactionPool =>
    new TransactionPool({
      ...config,
      max: 1,
      idleTimeoutMillis: 0,
      Client: savepointClient(this.#queue),
    } as pg.PoolConfig)

  async close() {
    await this.#client.end()
  }
}

/** Constraints, constraint triggers among them, that are checked at the end of a transaction unless told otherwise. */
const deferredConstraints = `
  SELECT DISTINCT format('%I.%I', n.nspname, c.conname) AS name
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
  WHERE c.condeferred`
