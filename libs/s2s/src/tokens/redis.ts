import type { Logger } from '@slipway/observability'

/** After it was too slow it is left alone for so long. */
const restMs = 5_000
const connectTimeoutMs = 1_000
const longestPauseMs = 5_000

/** Of Redis what a cache needs. Nothing here fails: what cannot be done in time is not done. */
export interface Redis {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string, ttlMs: number): Promise<void>
  close(): Promise<void>
}

/**
 * Connects in the background, again after every loss. The library is loaded where it is asked for only. The first time,
 * when that is done, it is waited for eight times as long.
 */
export function connectRedis(url: string, logger: Logger, patienceMs: number): Redis {
  let wasDown = false
  let restUntil = 0
  let patience = 8 * patienceMs
  const firstTry = Promise.withResolvers<void>()
  const connecting = import('@redis/client').then(({ createClient }) => {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      socket: {
        connectTimeout: connectTimeoutMs,
        reconnectStrategy: (attempt) => Math.min(longestPauseMs, 100 * 2 ** attempt),
      },
    })
    // without a listener an error would end the process; the first one of a row is enough
    client.on('error', (err: unknown) => {
      if (!wasDown) logger.warn({ err }, 'The token cache cannot be reached: tokens are kept in memory only')
      wasDown = true
      firstTry.resolve()
    })
    client.on('ready', () => {
      if (wasDown) logger.info('The token cache is there again')
      wasDown = false
      firstTry.resolve()
    })
    client.connect().catch(() => {}) // it goes on trying
    return client
  })

  void firstTry.promise.then(() => (patience = patienceMs))

  type Client = Awaited<typeof connecting>
  const use = async <T>(work: (client: Client) => Promise<T>): Promise<T | undefined> => {
    if (Date.now() < restUntil) return undefined
    const late = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => {
      restUntil = Date.now() + restMs
      firstTry.resolve()
      late.resolve(undefined)
    }, patience)
    try {
      return await Promise.race([late.promise, firstTry.promise.then(() => connecting).then(work)])
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    get: async (name) => (await use((client) => client.get(name))) ?? undefined,
    set: async (name, value, ttlMs) => {
      const expiration = { type: 'PX', value: Math.max(1, Math.floor(ttlMs)) } as const
      await use((client) => client.set(name, value, { expiration }))
    },
    async close() {
      const client = await connecting
      if (client.isOpen) client.destroy()
    },
  }
}
