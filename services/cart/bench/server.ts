import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { TransactionPool } from '@slipway/database'
import { createVerifier, newId, publishedKeys, systemClock } from '@slipway/service-kit'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { readSettings } from '@slipway/config'
import { fastify } from 'fastify'
import { Type } from 'typebox'
import { cart } from '../src/app.ts'
import { cartStore } from '../src/cart/cart.store.ts'
import { cartView } from '../src/cart/cart-view.ts'

/** Started by get-cart.ts: `full`, the service as it is, or `bare`, Fastify with the same verification and query. */
const env = process.env as Record<string, string>

async function full() {
  const { app } = await cart.build(env)
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

async function bare() {
  const settings = readSettings(Type.Object(observabilityVariables), {})
  const observability = createObservability({ service: 'bare', version: '0', settings })
  const pool = new TransactionPool({ connectionString: env['DATABASE_URL'], max: 10 })
  const carts = cartStore(pool as never, { clock: systemClock, newId, currency: 'USD' })
  const verify = createVerifier({
    keys: publishedKeys({ SSO_URL: env['SSO_URL']!, TOKEN_ISSUER: env['TOKEN_ISSUER']! }, observability),
    issuer: env['TOKEN_ISSUER']!,
    audience: 'cart',
    clockToleranceSeconds: 5,
  })
  const app = fastify()
  app.get('/cart/v1/cart', async ({ headers }) => {
    const caller = await verify(headers.authorization!.slice('Bearer '.length))
    return cartView(await carts.current(caller.id))
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

process.send!({ port: await (process.argv[2] === 'full' ? full() : bare()) })
process.on('message', () => process.send!(process.cpuUsage()))
await once(process, 'disconnect')
process.exit(0)
