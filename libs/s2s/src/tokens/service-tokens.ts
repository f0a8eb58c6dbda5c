import { hash } from 'node:crypto'
import type { Observability } from '@slipway/observability'
import { LRUCache } from 'lru-cache'
import type { MaybePromise } from '../maybe-promise.ts'
import type { ClientOptions } from '../client-options.ts'
import { BadUpstreamResponse, UpstreamUnauthorized, UserTokenRefused } from '../errors.ts'
import { TokenEndpoint, type Grant } from './grant.ts'
import { ProviderMetadata, splitUrl } from './provider-metadata.ts'
import { TokenCache } from './token-cache.ts'
import { TokenSlot } from './token-slot.ts'

const maxExchanged = 10_000
const maxRefused = 1_000

/** Where clients get tokens from. */
export interface TokenSource {
  /** The service's own. */
  service(): MaybePromise<string>
  /** One that only `audience` accepts, for the user whose token it is (RFC 8693). @throws UserTokenRefused */
  exchanged(userToken: string, audience: string): MaybePromise<string>
  /** Tells that a token was refused. Whether asking again may give another one. */
  invalidate(token: string): boolean
}

export interface ServiceTokensOptions extends Omit<ClientOptions, 'name' | 'baseUrl'> {
  /** With its path prefix, such as `http://sso:3000/sso`. */
  ssoUrl: string
  /** Of another identity provider: its token endpoint is asked instead. */
  metadataUrl?: string
  clientId: string
  clientSecret: string
  /** What the service's own token is asked for; what the provider gives unasked when absent. */
  scope?: string
  /** A Redis in which all replicas of the service keep their tokens, encrypted; each keeps its own when absent. */
  tokenCacheUrl?: string
  /** Milliseconds for which that Redis is waited for: a quarter of a second when absent. */
  tokenCachePatienceMs?: number
  clock?: { now(): Date }
}

/** Tokens of one service from SSO, kept in memory until shortly before they expire. One for all clients of a service. */
export class ServiceTokens implements TokenSource {
  readonly #endpoint: () => TokenEndpoint | Promise<TokenEndpoint>
  readonly #open: { close(): Promise<void> }[] = []
  readonly #scope: string | undefined
  readonly #observability: Observability
  readonly #clock: { now(): Date }
  readonly #own: TokenSlot
  readonly #exchanged = new LRUCache<string, TokenSlot>({ max: maxExchanged })
  readonly #cache: TokenCache | undefined
  /** Tokens that were refused, which the cache may still hold. */
  readonly #refused = new LRUCache<string, true>({ max: maxRefused })

  constructor({ ssoUrl, metadataUrl, clock = { now: () => new Date() }, ...options }: ServiceTokensOptions) {
    const { observability, random = Math.random } = options
    this.#scope = options.scope
    this.#endpoint = this.#endpointOf(ssoUrl, metadataUrl, options)
    this.#observability = observability
    this.#clock = clock
    const { tokenCacheUrl: url, tokenCachePatienceMs: patienceMs, clientId, clientSecret } = options
    const { logger } = observability
    this.#cache = url ? new TokenCache({ url, clientId, clientSecret, clock, logger, patienceMs }) : undefined
    if (this.#cache) this.#open.push(this.#cache)
    // the jitter keeps replicas that started together from renewing together
    this.#own = new TokenSlot({ clock, renewAfter: () => 0.75 + 0.15 * random() })
  }

  service(): MaybePromise<string> {
    const scope = this.#scope
    return this.#own.get(() =>
      this.#shared(`own ${scope ?? ''}`, { grant_type: 'client_credentials', ...(scope && { scope }) }),
    )
  }

  exchanged(userToken: string, audience: string): MaybePromise<string> {
    const key = `${audience} ${hash('sha256', userToken, 'base64url')}`
    let slot = this.#exchanged.get(key)
    if (!slot) this.#exchanged.set(key, (slot = new TokenSlot({ clock: this.#clock, renewAfter: () => 1 })))
    return slot.get(() =>
      this.#shared(key, {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: userToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        audience,
      }),
    )
  }

  invalidate(token: string): boolean {
    this.#refused.set(token, true)
    const holder = [this.#own, ...this.#exchanged.values()].find((slot) => slot.holds(token))
    return holder ? holder.drop() : true
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((client) => client.close()))
  }

  #endpointOf(ssoUrl: string, metadataUrl: string | undefined, options: Omit<ServiceTokensOptions, 'ssoUrl'>) {
    const endpoint = (at: { baseUrl: string; route: string }) => {
      const client = new TokenEndpoint({ ...options, ...at, name: 'sso' })
      this.#open.push(client)
      return client
    }
    if (!metadataUrl) {
      const known = endpoint({ baseUrl: ssoUrl, route: '/oauth2/token' })
      return () => known
    }
    const metadata = new ProviderMetadata({ ...options, url: metadataUrl })
    this.#open.push(metadata)
    let known: TokenEndpoint | undefined
    return async () => {
      const { token_endpoint: url } = await metadata.read()
      return (known ??= endpoint(splitUrl(url)))
    }
  }

  /** What another replica has got, or a new one. */
  async #shared(name: string, form: Record<string, string>): Promise<Grant> {
    const kept = await this.#cache?.get(name)
    if (kept && !this.#refused.has(kept.access_token)) return kept
    const grant = await this.#fetch(form)
    await this.#cache?.set(name, grant)
    return grant
  }

  /** Many calls wait for one answer: it is asked for in a context without the deadline of the first. */
  #fetch(form: Record<string, string>): Promise<Grant> {
    const { context, traceparent, span, logger } = this.#observability
    const { requestId, caller } = context.get() ?? {}
    return span('token', { parent: traceparent(), requestId, caller }, async () => {
      try {
        const endpoint = await this.#endpoint()
        return await endpoint.grant(form)
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal === undefined) throw error
        if ('subject_token' in form && userRefusals.has(refusal)) throw new UserTokenRefused(error)
        logger.error({ err: error, s2s: { refusal } }, 'SSO refuses a token to this service')
        throw new UpstreamUnauthorized('sso', { code: refusal, cause: error })
      }
    })
  }
}

/** What RFC 8693 section 2.2.2 and RFC 6749 section 5.2 answer when the user's token is at fault. */
const userRefusals = new Set(['invalid_request', 'invalid_grant'])

/** The error code of an OAuth refusal (RFC 6749 section 5.2). */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof UpstreamUnauthorized) return 'invalid_client'
  if (!(error instanceof BadUpstreamResponse) || error.upstreamStatus !== 400) return undefined
  const { upstreamBody: body } = error
  return typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : undefined
}
