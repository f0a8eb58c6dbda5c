import { processDatabase } from '@slipway/database/testing'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { asAdmin, databaseUrl, dropDatabase } from './admin.ts'
import { RollbackConnection } from './rollback.ts'

const name = processDatabase('rollback')
const url = databaseUrl(inject('postgresUrl'), name)
let connection: RollbackConnection
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
  await connection.begin()
  pool = connection.createPool({})
})
afterEach(async () => {
  await pool.end()
  await connection.rollBack()
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
  const before = connection.statements.length
  await transaction((client) => insert(client, 'a', 0))
  await insert(pool, 'b', 0)
  expect(connection.statements.slice(before)).toEqual(Array(2).fill('INSERT INTO account VALUES ($1, $2)'))
})
