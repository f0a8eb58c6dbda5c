import { ApiError } from './problem.ts'
import { inMemory, type Tokens, type TokenStore } from './tokens.ts'

export interface SessionOptions {
  /** Address of the platform, without a path: `https://api.example`. */
  baseUrl: string
  /** Keep the refresh token in an HttpOnly cookie: for browsers, whose origin `CORS_ORIGINS` must then list. */
  cookie?: boolean
  store?: TokenStore
  /** Instead of the global one. */
  fetch?: typeof fetch
}

export interface Credentials {
  email: string
  password: string
}

export type Session = ReturnType<typeof createSession>

/** A person’s session: logs in and out, and gives requests their token, with a new one once the old one has expired. */
export function createSession({ baseUrl, cookie = false, store = inMemory(), ...options }: SessionOptions) {
  const send = options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request))
  const listeners = new Set<() => void>()
  let refreshing: Promise<boolean> | undefined

  const keep = (tokens: Tokens | undefined) => {
    store.set(tokens)
    for (const listener of listeners) listener()
  }
  const post = (path: string, body: object) =>
    send(`${baseUrl}/sso/v1/sessions${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: cookie ? 'include' : 'omit',
    })

  const exchange = async () => {
    const { refreshToken } = store.get() ?? {}
    if (refreshToken === undefined && !cookie) return false
    const answer = await post('/refresh', refreshToken === undefined ? {} : { refreshToken })
    if (answer.ok) keep((await answer.json()) as Tokens)
    else if (answer.status === 401) keep(undefined)
    return answer.ok
  }

  /** New tokens for the old ones, or for the cookie when a page is opened. All who ask at once get the same. */
  const refresh = () => (refreshing ??= exchange().finally(() => (refreshing = undefined)))

  /** `fetch` with the token. A 401 is answered with one more try under a new token: nothing was done under the old. */
  const authorized = async (request: Request): Promise<Response> => {
    const again = request.clone()
    const used = store.get()?.accessToken
    const answer = await send(withToken(request, used))
    if (answer.status !== 401 || used === undefined) return answer
    const isNew = store.get() !== undefined && store.get()?.accessToken !== used
    return isNew || (await refresh()) ? send(withToken(again, store.get()?.accessToken)) : answer
  }

  return {
    refresh,
    fetch: authorized,
    isLoggedIn: () => store.get() !== undefined,

    /** Calls back after each change; answers how to stop that, as React’s `useSyncExternalStore` wants it. */
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    /** @throws ApiError `INVALID_CREDENTIALS`, `TOO_MANY_ATTEMPTS` */
    async logIn({ email, password }: Credentials) {
      const answer = await post('', { email, password, ...(cookie && { cookie }) })
      const body = (await answer.json().catch(() => undefined)) as unknown
      if (!answer.ok) throw new ApiError(answer.status, body)
      keep(body as Tokens)
    },

    /** Forgets the session here, and ends it there if it can be reached. */
    async logOut() {
      const credentials = cookie ? 'include' : 'omit'
      const current = new Request(`${baseUrl}/sso/v1/sessions/current`, { method: 'DELETE', credentials })
      await authorized(current).finally(() => keep(undefined))
    },
  }
}

function withToken(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
  return request
}
