import type { Authorization } from './authorization.ts'
import type { MaybePromise } from './maybe-promise.ts'
import { BaseClient } from './base-client.ts'
import type { ClientOptions } from './client-options.ts'
import type { OnBehalfOf } from './on-behalf-of.ts'
import type { TokenSource } from './tokens/service-tokens.ts'

export interface S2SClientOptions extends ClientOptions {
  tokens: TokenSource
}

/**
 * Calls to another service of the platform: as this service, or on behalf of a user (`as: forward(caller)` or
 * `as: exchange(caller)`). A token that is refused is replaced once.
 */
export class S2SClient extends BaseClient {
  readonly #tokens: TokenSource

  constructor({ tokens, ...options }: S2SClientOptions) {
    super(options)
    this.#tokens = tokens
  }

  protected override authorize(as: OnBehalfOf | undefined): MaybePromise<Authorization> {
    if (as?.mode === 'forward') return { token: as.token }
    const token = as ? this.#tokens.exchanged(as.token, this.name) : this.#tokens.service()
    return typeof token === 'string' ? this.#own(token) : token.then((fetched) => this.#own(fetched))
  }

  #own(token: string): Authorization {
    return { token, refused: () => this.#tokens.invalidate(token) }
  }
}
