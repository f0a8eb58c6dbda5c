import pg from 'pg'
import type { Statement, StatementQueue } from './statement-queue.ts'
import { begins, commits, rollsBack, setsIsolation } from './transaction-control.ts'

type Done = (error: Error | null, result?: pg.QueryResult) => void

const nothing = { command: '', rows: [], fields: [], oid: 0, rowCount: null } satisfies pg.QueryResult
/** A `pg.Client` without a connection of its own: see `RollbackConnection`. */
export function savepointClient(queue: StatementQueue) {
  return class SavepointClient extends pg.Client {
    #inTransaction = false

    override connect = ((done?: (error: null) => void) =>
      done ? done(null) : Promise.resolve(this)) as pg.Client['connect']

    override end = ((done?: (error?: Error) => void) => {
      const ended = this.#inTransaction ? this.#control('ROLLBACK') : Promise.resolve()
      if (!done) return ended
      ended.then(() => done(), done)
    }) as pg.Client['end']

    // the pool says whether a client may keep the process alive; there is no socket here that could
    ref() {}
    unref() {}

    // pg.Client's own overloads cannot be written down once more; they all come to this
    override query = ((first: string | Statement, second?: unknown, third?: unknown) => {
      const done = [second, third].find((argument): argument is Done => typeof argument === 'function')
      const values = Array.isArray(second) ? second : undefined
      const statement =
        typeof first === 'string' ? { text: first, values } : { ...first, values: first.values ?? values }
      const result = this.#run(statement)
      if (!done) return result
      result.then(
        (value) => done(null, value),
        (error: Error) => done(error),
      )
    }) as pg.Client['query']

    #run(statement: Statement): Promise<pg.QueryResult> {
      const { text } = statement
      if (begins.test(text) || commits.test(text) || rollsBack.test(text)) return this.#control(text)
      if (setsIsolation.test(text)) return Promise.resolve(nothing)
      return this.#inTransaction ? queue.run(statement) : queue.runAlone(statement)
    }

    #control(text: string): Promise<pg.QueryResult> {
      const begin = begins.test(text)
      // PostgreSQL only warns where there is nothing to commit or to roll back, such as after a failed COMMIT
      if (!begin && !this.#inTransaction) return Promise.resolve(nothing)
      this.#inTransaction = begin
      if (begin) return queue.raw('SAVEPOINT application')
      if (commits.test(text)) return queue.commit()
      return queue.raw('ROLLBACK TO SAVEPOINT application; RELEASE SAVEPOINT application')
    }
  }
}
