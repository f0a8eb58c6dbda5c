import { asDatabaseUnavailable, type Sql } from '@slipway/database'
import { noteInInbox } from '../../inbox.ts'
import type { WorkerMiddleware } from '../middleware.ts'

export type RunTransaction<Tx> = <T>(work: (tx: Tx, sql: Sql) => Promise<T>) => Promise<T>

/**
 * The run and its inbox row are one transaction: either both are there afterwards or none.
 *
 * @throws DatabaseUnavailable when the transaction could not begin or commit; the job's own errors as they are
 */
export const transaction =
  <Tx>(run: RunTransaction<Tx>): WorkerMiddleware<Tx> =>
  async (work, next) => {
    let thrownByJob = false
    try {
      return await run(async (tx, sql) => {
        if (!(await noteInInbox(sql, work.event.id, work.job.name))) return { kind: 'duplicate' }
        work.tx = tx
        try {
          return await next()
        } catch (error) {
          thrownByJob = true
          throw error
        }
      })
    } catch (error) {
      throw thrownByJob ? error : asDatabaseUnavailable(error)
    }
  }
