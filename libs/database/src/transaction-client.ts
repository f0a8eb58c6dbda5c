import type pg from 'pg'
import { TransactionEnded } from './errors.ts'

const ends: ReadonlySet<unknown> = new Set(['COMMIT', 'ROLLBACK'])

/**
 * A connection for one transaction: refuses what is sent after COMMIT or ROLLBACK, since it would run by itself or in
 * somebody else's transaction. Work may go on after its end: Prisma sends ROLLBACK when the time is over, and a job that
 * is told to stop is not waited for. What was sent before the end runs before it.
 */
export function transactionClient(client: pg.PoolClient): pg.PoolClient {
  let ended = false
  const query = (...args: unknown[]): unknown => {
    if (ended) return Promise.reject(new TransactionEnded())
    const [first] = args
    ended = ends.has(typeof first === 'string' ? first : (first as pg.QueryConfig).text)
    return Reflect.apply(client.query, client, args)
  }
  return new Proxy(client, {
    get(target, key) {
      if (key === 'query') return query
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
