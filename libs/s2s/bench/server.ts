import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A neighbour that answers at once, in a process of its own: started by call.ts. */
const answer = JSON.stringify({ cartId: '1', version: 3, total: { amount: 2_900, currency: 'USD' }, items: [] })
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
process.send!({ port: (server.address() as AddressInfo).port })
await once(process, 'disconnect')
process.exit(0)
