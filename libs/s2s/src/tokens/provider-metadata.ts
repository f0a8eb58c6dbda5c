import { Type, type Static } from 'typebox'
import { BaseClient } from '../base-client.ts'
import type { ClientOptions } from '../client-options.ts'
import { BadUpstreamResponse } from '../errors.ts'

/** RFC 8414 section 2; OpenID Connect Discovery 1.0 section 3 has the same names. */
const Metadata = Type.Object({
  issuer: Type.String({ minLength: 1 }),
  token_endpoint: Type.String({ pattern: '^https?://' }),
  jwks_uri: Type.String({ pattern: '^https?://' }),
})
type Metadata = Static<typeof Metadata>

/** What an identity provider publishes about itself; read once, when first needed. */
export class ProviderMetadata extends BaseClient {
  readonly #url: string
  readonly #route: string
  #known: Promise<Metadata> | undefined

  constructor({ url, ...options }: Omit<ClientOptions, 'name' | 'baseUrl'> & { url: string }) {
    const { baseUrl, route } = splitUrl(url)
    super({ ...options, name: 'sso', baseUrl })
    this.#url = url
    this.#route = route
  }

  /** @throws BadUpstreamResponse also for a token endpoint on another host: our secret goes there */
  read(): Promise<Metadata> {
    this.#known ??= this.#fetch().catch((error: unknown) => {
      this.#known = undefined
      throw error
    })
    return this.#known
  }

  async #fetch(): Promise<Metadata> {
    const found = await this.get(this.#route, { response: Metadata })
    if (new URL(found.token_endpoint).origin === new URL(this.#url).origin) return found
    throw new BadUpstreamResponse('sso', { status: 200, body: found })
  }
}

/** An address as the base URL and route template of a client. */
export function splitUrl(url: string): { baseUrl: string; route: string } {
  const { origin, pathname } = new URL(url)
  const end = pathname.lastIndexOf('/')
  return { baseUrl: origin + pathname.slice(0, end), route: pathname.slice(end) }
}
