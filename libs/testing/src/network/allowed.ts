import pg from 'pg'

/** Addresses (`host:port`, or the path of a socket) that may be connected to, each with how many want it so. Kept where a second copy of this module finds it. */
const key = Symbol.for('@slipway/testing: allowed addresses')
const kept = globalThis as typeof globalThis & { [key]?: Map<string, number> }
const allowed = (kept[key] ??= new Map())

const usualPorts: Record<string, string> = {
  'http:': '80',
  'https:': '443',
}

/** One name for each way to write this machine. */
export const addressOf = (host: string, port: string | number) =>
  `${/^(127\.0\.0\.1|\[?::1\]?|localhost|)$/.test(host) ? 'localhost' : host}:${port}`

export function addressAt(url: string): string {
  const { protocol, hostname, port, pathname } = new URL(url)
  if (protocol === 'unix:') return pathname
  if (protocol === 'postgresql:' || protocol === 'postgres:') return addressOfPostgres(url)
  return addressOf(hostname, port || (usualPorts[protocol] ?? ''))
}

/** Where `pg` connects to: parameters of the address and PGHOST count, and a host may be the folder of a socket. */
function addressOfPostgres(url: string): string {
  const { host, port } = new pg.Client({ connectionString: url })
  return host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : addressOf(host, port)
}

export const isAllowed = (address: string) => allowed.has(address)

/**
 * Lets this process connect to the host and port of a URL until the answered function is called: to a server that the
 * test itself runs. Inside a test the `network` fixture does this and ends it in time.
 */
export function allowNetwork(url: string): () => void {
  const address = addressAt(url)
  allowed.set(address, (allowed.get(address) ?? 0) + 1)
  let open = true
  return () => {
    if (!open) return
    open = false
    const others = allowed.get(address)! - 1
    if (others > 0) allowed.set(address, others)
    else allowed.delete(address)
  }
}

/** Only while `connect` runs. */
export async function allowingNetwork<T>(url: string, connect: () => Promise<T>): Promise<T> {
  const close = allowNetwork(url)
  try {
    return await connect()
  } finally {
    close()
  }
}
