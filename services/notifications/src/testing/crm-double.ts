import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { listener } from '@slipway/testing'

export const crmSecret = `whsec_${Buffer.from('a key of 24 bytes, or so').toString('base64')}`
const key = Buffer.from(crmSecret.slice('whsec_'.length), 'base64')

/** A CRM over HTTP, as its makers describe it: it checks signatures and takes each notice once. */
export async function crmDouble() {
  const taken = new Map<string, unknown>()
  const state = { answers: 204, requests: 0, losesAnswer: false }

  const server = createServer(
    listener(async (request, response) => {
      state.requests++
      const body = await text(request)
      const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': given } = request.headers
      const mac = createHmac('sha256', key)
        .update(`${String(id)}.${String(time)}.${body}`)
        .digest('base64')
      if (request.url !== '/api/events' || given !== `v1,${mac}`) return void response.writeHead(401).end()
      if (state.answers < 300 || state.losesAnswer) taken.set(String(id), JSON.parse(body))
      if (state.losesAnswer) return void request.socket.destroy()
      response.writeHead(state.answers).end()
    }),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `${origin}/api`, origin, taken, state, close: () => server.close() }
}
