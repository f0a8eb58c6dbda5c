import { processDatabase } from '@slipway/database/testing'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { asAdmin, databaseUrl, dropDatabase } from './admin.ts'
import { RollbackConnection, type RollbackTransaction } from './rollback.ts'

const name = processDatabase('rollback')
const url = databaseUrl(inject('postgresUrl'), name)
let connection: RollbackConnection
let current: RollbackTransaction
let pool: pg.Pool

beforeAll(async () => {
  await asAdmin(inject('postgresUrl'), (admin) => admin.query(`CREATE DATABASE ${name}`))
  await asAdmin(url, (client) =>
    client.query(`
      CREATE TABLE account (name text PRIMARY KEY, balance int NOT NULL);
      CREATE FUNCTION balanced() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT sum(balance) FROM account) <> 0 THEN RAISE EXCEPTION 'not balanced'; END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER balanced AFTER INSERT OR UPDATE ON account
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balanced();`),
  )
  connection = await RollbackConnection.open(url)
})
beforeEach(async () => {
  current = await connection.begin()
  pool = current.createPool({})
})
afterEach(async () => {
  await pool.end()
  await current.rollBack()
})
afterAll(async () => {
  await connection.close()
  await asAdmin(inject('postgresUrl'), (admin) => dropDatabase(admin, name))
})

const insert = (queryable: pg.Pool | pg.PoolClient, account: string, balance: number) =>
  queryable.query('INSERT INTO account VALUES ($1, $2)', [account, balance])
const count = async () => Number((await pool.query<{ count: string }>('SELECT count(*) FROM account')).rows[0]?.count)

async function transaction(work: (client: pg.PoolClient) => Promise<unknown>) {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

test.each([1, 2])('what a test writes is gone in the next (%i)', async () => {
  expect(await count()).toBe(0)
  await insert(pool, 'a', 0)
  await transaction((client) => insert(client, 'b', 0))
  expect(await count()).toBe(2)
  expect(await asAdmin(url, async (other) => (await other.query('SELECT FROM account')).rowCount)).toBe(0)
})

test('a failing statement outside of a transaction spoils nothing', async () => {
  await insert(pool, 'a', 0)
  await expect(insert(pool, 'a', 0)).rejects.toMatchObject({ code: '23505' })
  await insert(pool, 'b', 0)
  expect(await count()).toBe(2)
})

test('a failed transaction undoes itself and only itself', async () => {
  await insert(pool, 'a', 0)
  const failing = transaction(async (client) => {
    await insert(client, 'b', 0)
    await insert(client, 'a', 0)
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await count()).toBe(1)
})

test('inside a transaction a failed statement aborts it, as it does in production', async () => {
  const careless = transaction(async (client) => {
    await insert(client, 'a', 0)
    await insert(client, 'a', 0).catch(() => {})
    await insert(client, 'b', 0)
  })
  await expect(careless).rejects.toMatchObject({ code: '25P02' })
})

test('deferred checks happen at the commit, not before and not never', async () => {
  await transaction(async (client) => {
    await insert(client, 'a', 5)
    await insert(client, 'b', -5)
  })
  await expect(transaction((client) => insert(client, 'c', 1))).rejects.toThrow('not balanced')
  await expect(insert(pool, 'd', 1)).rejects.toThrow('not balanced')
  expect(await count()).toBe(2)
})

test('transactions that run at once wait for each other', async () => {
  await Promise.all(['a', 'b', 'c', 'd'].map((account) => transaction((client) => insert(client, account, 0))))
  await Promise.all(['e', 'f'].map((account) => insert(pool, account, 0)))
  expect(await count()).toBe(6)
})

test('a connection given back in the middle of a transaction leaves nothing', async () => {
  const client = await pool.connect()
  await client.query('BEGIN')
  await insert(client, 'a', 0)
  client.release(new Error('broken'))
  expect(await count()).toBe(0)
})

test('savepoints of the application work inside its transactions', async () => {
  await transaction(async (client) => {
    await insert(client, 'a', 0)
    await client.query('SAVEPOINT inner_one')
    await insert(client, 'b', 0)
    await client.query('ROLLBACK TO SAVEPOINT inner_one')
  })
  expect(await count()).toBe(1)
})

test('statements of the application are counted, the control of transactions is not', async () => {
  const before = current.statements.length
  await transaction((client) => insert(client, 'a', 0))
  await insert(pool, 'b', 0)
  expect(current.statements.slice(before)).toEqual(Array(2).fill('INSERT INTO account VALUES ($1, $2)'))
})

test('now() stands still in a test and has gone on in the next', async () => {
  const now = async (from: pg.Pool) => (await from.query<{ now: string }>('SELECT now()::text')).rows[0]!.now
  const first = await now(pool)
  expect(await now(pool)).toBe(first)
  await withNext(async (next) => expect(await now(next)).not.toBe(first))
})

test('what a test still does after its end is refused, and the next test notices nothing', async () => {
  const late = await pool.connect()
  await late.query('BEGIN')
  await withNext(async (next, begun) => {
    await insert(next, 'a', 0)
    await expect(late.query('ROLLBACK')).rejects.toThrow('The test that this connection is of has ended')
    await expect(insert(late, 'b', 0)).rejects.toThrow('The test that this connection is of has ended')
    late.release()
    await current.rollBack()
    await insert(next, 'c', 0)
    expect(begun.statements).toHaveLength(2)
    expect((await next.query('SELECT FROM account')).rowCount).toBe(2)
  })
})

test('no server ends this connection for being idle', async () => {
  await asAdmin(url, (admin) => admin.query(`ALTER DATABASE ${name} SET idle_in_transaction_session_timeout = 1`))
  const other = await RollbackConnection.open(url)
  const view = (await other.begin()).createPool({})
  const { rows } = await view.query('SHOW idle_in_transaction_session_timeout')
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '0' }])
  await view.end()
  await other.close()
})

test('use of a connection that is lost fails, and nothing else does', async () => {
  const other = await RollbackConnection.open(url)
  const view = (await other.begin()).createPool({})
  const { rows } = await view.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await asAdmin(url, (admin) => admin.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]))
  await expect.poll(() => view.query('SELECT 1').then(String, String)).toContain('not queryable')
  await view.end()
  await other.close()
})

/** As the test after this one would find it, although this one has not ended properly. */
async function withNext(work: (next: pg.Pool, begun: RollbackTransaction) => Promise<void>) {
  const begun = await connection.begin()
  const next = begun.createPool({})
  await work(next, begun)
  await next.end()
}
