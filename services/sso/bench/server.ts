import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { migrateUp, TransactionPool } from '@slipway/database'
import { acquireTestPostgres } from '@slipway/testing'
import { sso } from '../src/app.ts'
import { email, password } from './person.ts'

/** SSO as a process of its own, as it is deployed: started by log-ins.ts, until that disconnects. */
const postgres = await acquireTestPostgres()
const admin = new TransactionPool({ connectionString: postgres.adminUrl })
admin.on('error', () => {}) // the server may stop before its last idle connection does
const name = `bench_${randomUUID().slice(0, 8)}`
await admin.query(`CREATE DATABASE ${name}`)
const address = new URL(postgres.adminUrl)
address.pathname = `/${name}`
await migrateUp(address.href, sso.migrations)
const built = await sso.build({
  DATABASE_URL: address.href,
  EVENTS_DATABASE_URL: address.href,
  PUBLIC_URL: 'http://bench.example',
  SSO_URL: 'http://bench.example/sso',
  TOKEN_ISSUER: 'http://bench.example/sso',
  FILES_URL: 'http://bench.example/files',
  CLIENT_SECRET: 'none is needed here',
  SIGNING_KEY_SECRET: randomUUID(),
  SEED_USERS: `${email}:${password}:user`,
  LOG_LEVEL: 'warn',
})
await built.app.listen({ host: '127.0.0.1', port: 0 })
process.send!(`http://127.0.0.1:${((built.app.server as Server).address() as AddressInfo).port}`)

await once(process, 'disconnect')
await built.stop()
await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
await admin.end()
await postgres.release()
process.exit(0)
