/** A service that gets tokens here. */
export interface Client {
  id: string
  /** What its own tokens allow it, besides routes that let any service in. */
  permissions: readonly string[]
  /** The services it may call on behalf of a user, with an exchanged token. */
  audiences: readonly string[]
}

/** All of them; each needs a secret in SERVICE_CLIENTS. */
const clients: readonly Client[] = [
  { id: 'cart', permissions: [], audiences: [] },
  { id: 'acquiring', permissions: [], audiences: ['cart'] },
]

export const findClient = (id: string) => clients.find((client) => client.id === id)

/** `client_id` of people’s own tokens: the platform’s apps and pages, which have no secret. */
export const platformClient = 'slipway'
