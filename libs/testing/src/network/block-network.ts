import { Socket, type NetConnectOpts } from 'node:net'
import { addressOf, isAllowed } from './allowed.ts'

export class NetworkBlocked extends Error {
  override readonly name = 'NetworkBlocked'
  readonly code = 'NETWORK_BLOCKED'
}

const original = Symbol.for('@slipway/testing: connect')
type Connect = Socket['connect'] & { [original]?: Connect }

/**
 * Makes every TCP connection of this process fail that nobody has allowed: whatever opens it, be it fetch, undici, pg
 * or amqplib, comes to `Socket.connect`. `explain` says for an address what the test should use instead.
 */
export function blockNetwork(explain: (address: string) => string) {
  const current: Connect = Socket.prototype.connect
  const connect = current[original] ?? current

  const guarded = function (this: Socket, ...given: unknown[]) {
    const address = addressIn(given)
    if (isAllowed(address)) return Reflect.apply(connect, this, given) as Socket
    const error = new NetworkBlocked(`A connection to ${address} is blocked in tests. ${explain(address)}`)
    // fails as a connection does, so that whoever wants it tells of it in its own way
    process.nextTick(() => this.destroy(error))
    return this
  }
  Socket.prototype.connect = Object.assign(guarded, { [original]: connect }) as Connect
}

/** Arguments as of https://nodejs.org/api/net.html#socketconnect, or as `net.connect` has put them in order. */
function addressIn([first, second]: unknown[]): string {
  const [options, host] = Array.isArray(first) ? [first[0] as unknown] : [first, second]
  if (typeof options !== 'object' || options === null)
    return isPort(options) ? addressOf(typeof host === 'string' ? host : '', Number(options)) : String(options)
  const target = options as NetConnectOpts
  return 'path' in target && target.path
    ? target.path
    : addressOf((target as { host?: string }).host ?? '', (target as { port: number }).port)
}

const isPort = (value: unknown) => Number.isInteger(Number(value))
