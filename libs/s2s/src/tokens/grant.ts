import { Type, type Static } from 'typebox'
import { BaseClient } from '../base-client.ts'
import type { ClientOptions } from '../client-options.ts'

/** RFC 6749 section 5.1. */
const Grant = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  token_type: Type.String({ pattern: '^[Bb]earer$' }),
  expires_in: Type.Optional(Type.Number({ minimum: 0 })),
})
export type Grant = Static<typeof Grant>

interface Credentials {
  clientId: string
  clientSecret: string
}

/** The token endpoint of SSO, asked as this service (HTTP Basic, RFC 6749 section 2.3.1). */
export class TokenEndpoint extends BaseClient {
  readonly #headers: Record<string, string>
  readonly #route: string

  constructor({ clientId, clientSecret, route, ...options }: ClientOptions & Credentials & { route: string }) {
    super(options)
    const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`
    this.#headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
    this.#route = route
  }

  grant(form: Record<string, string>): Promise<Grant> {
    return this.post(this.#route, { form, headers: this.#headers, repeatable: true, response: Grant })
  }
}
