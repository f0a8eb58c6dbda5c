import createClient, { type Client } from 'openapi-fetch'
import type { Paths } from './schema/paths.ts'
import type { Session } from './session.ts'

export type Api = Client<Paths>

export interface ApiOptions {
  /** Address of the platform, without a path: `https://api.example`. */
  baseUrl: string
  /** Whose requests they are; without it they carry no token. */
  session?: Session
}

/**
 * Every path of the platform, typed by its OpenAPI documents:
 * `await ok(api.GET('/cart/v1/products/{productId}', { params: { path: { productId } } }))`.
 */
export const createApi = ({ baseUrl, session }: ApiOptions): Api =>
  createClient<Paths>({ baseUrl, ...(session && { fetch: (request: Request) => session.fetch(request) }) })
