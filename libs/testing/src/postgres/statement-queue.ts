import type pg from 'pg'

export type Statement = pg.QueryConfig & { text: string }

const abortedTransaction = '25P02'

/** Runs one thing after another on the one connection, since a savepoint must not begin within another's statement. */
export class StatementQueue {
  readonly statements: string[] = []
  readonly #client: pg.Client
  readonly #deferred: readonly string[]
  #tail: Promise<unknown> = Promise.resolve()
  #ended?: Promise<unknown>

  constructor(client: pg.Client, deferred: readonly string[]) {
    this.#client = client
    this.#deferred = deferred
  }

  raw(text: string): Promise<pg.QueryResult> {
    return this.#next(() => this.#client.query(text))
  }

  /** A statement inside one of the application's transactions. */
  run(statement: Statement): Promise<pg.QueryResult> {
    this.statements.push(statement.text)
    return this.#next(() => this.#client.query(statement))
  }

  /** A statement outside of any: a savepoint of its own. */
  runAlone(statement: Statement): Promise<pg.QueryResult> {
    this.statements.push(statement.text)
    return this.#next(async () => {
      await this.#client.query('SAVEPOINT statement')
      try {
        const result = await this.#client.query(statement)
        await this.#release('statement')
        return result
      } catch (error) {
        await this.#client.query('ROLLBACK TO SAVEPOINT statement; RELEASE SAVEPOINT statement')
        throw error
      }
    })
  }

  /** Commits one of the application's transactions as far as the test's own allows: deferred checks happen now. */
  commit(): Promise<pg.QueryResult> {
    return this.#next(async () => {
      try {
        return await this.#release('application')
      } catch (error) {
        await this.#client.query('ROLLBACK TO SAVEPOINT application; RELEASE SAVEPOINT application')
        if ((error as { code?: string }).code !== abortedTransaction) throw error
        return { command: 'ROLLBACK', rows: [], fields: [], oid: 0, rowCount: null } // what COMMIT then does
      }
    })
  }

  /** Runs the last statement, once: what comes later fails. */
  async end(text: string) {
    await (this.#ended ??= this.raw(text))
  }

  async #release(savepoint: string) {
    if (this.#deferred.length > 0) await this.#client.query('SET CONSTRAINTS ALL IMMEDIATE')
    const result = await this.#client.query(`RELEASE SAVEPOINT ${savepoint}`)
    await this.#deferConstraints()
    return result
  }

  async #deferConstraints() {
    if (this.#deferred.length > 0) await this.#client.query(`SET CONSTRAINTS ${this.#deferred.join(', ')} DEFERRED`)
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended) return Promise.reject(new Error('The test that this connection is of has ended'))
    const result = this.#tail.then(work)
    this.#tail = result.catch(() => {})
    return result
  }
}
