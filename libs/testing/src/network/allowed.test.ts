import { expect, test } from 'vitest'
import { addressAt } from './allowed.ts'

test.each([
  ['http://127.0.0.1/cart', 'localhost:80'],
  ['https://[::1]:8443', 'localhost:8443'],
  ['unix:///var/run/docker.sock', '/var/run/docker.sock'],
  ['postgres://postgres@db.test/postgres', 'db.test:5432'],
  ['postgresql://postgres@127.0.0.1:5433/postgres', 'localhost:5433'],
  ['postgresql://base.test/db?host=db.test&port=6432', 'db.test:6432'],
  ['postgresql:///db?host=/var/run/postgresql', '/var/run/postgresql/.s.PGSQL.5432'],
  ['postgresql:///db?host=/tmp&port=5433', '/tmp/.s.PGSQL.5433'],
  ['postgresql://%2Fvar%2Frun%2Fpostgresql/db', '/var/run/postgresql/.s.PGSQL.5432'],
])('%s is at %s', (url, address) => {
  expect(addressAt(url)).toBe(address)
})
