import { AppError } from '@slipway/errors'

/** Whoever gets tokens here with a secret: a service, or another program. */
export interface Client {
  id: string
  /** What its own tokens allow it, besides routes that let any service in. */
  permissions: readonly string[]
  /** The services it may call on behalf of a user, with an exchanged token. */
  audiences: readonly string[]
}

/** The platform’s own services; each needs a secret in SERVICE_CLIENTS. Others are made by `client create`. */
export const declaredClients: readonly Client[] = [
  { id: 'cart', permissions: [], audiences: ['files'] },
  { id: 'acquiring', permissions: [], audiences: ['cart'] },
]

export const isDeclared = (id: string) => declaredClients.some((client) => client.id === id)

/** `client_id` of people’s own tokens: the platform’s apps and pages, which have no secret. */
export const platformClient = 'slipway'

export class ClientTaken extends AppError {
  readonly code = 'CLIENT_TAKEN'
  readonly status = 409
  constructor(id: string) {
    super(`There is a client ${id} already; another secret for it: client rotate ${id}`)
  }
}

export class ClientNotFound extends AppError {
  readonly code = 'CLIENT_NOT_FOUND'
  readonly status = 404
  constructor(id: string) {
    super(`There is no client ${id}`)
  }
}
