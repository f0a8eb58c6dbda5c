import type { Observability } from '@slipway/observability'
import type { TSchema, TUndefined } from 'typebox'
import type { Dispatcher } from 'undici'
import type { OnBehalfOf } from './on-behalf-of.ts'

export interface Tls {
  /** PEM. */
  ca?: string
  cert?: string
  key?: string
}

export interface ClientOptions {
  /** Name of the called service: for logs, metrics and as the audience of tokens. */
  name: string
  /** With the service's path prefix, such as `http://cart:3000/cart`. Nothing is ever sent anywhere else. */
  baseUrl: string
  observability: Observability
  /** A call with its retries takes no longer. */
  timeoutMs?: number
  connectTimeoutMs?: number
  /** Longest wait for the headers of a response; the total counts when absent. */
  headersTimeoutMs?: number
  /** Longest silence inside a response; the total counts when absent. */
  bodyTimeoutMs?: number
  /** Of calls that are safe to repeat. */
  retries?: number
  connections?: number
  maxResponseBytes?: number
  tls?: Tls
  /** Instead of connections of its own: a MockAgent in tests. The client does not close it. */
  dispatcher?: Dispatcher
  /** 0 to 1, for the jitter. */
  random?: () => number
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type PathParams = Readonly<Record<string, string | number>>
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export interface CallOptions<Response extends TSchema = TUndefined> {
  /** Values of the template's `:names`; encoded. */
  params?: PathParams
  query?: Query
  /** Sent as JSON. */
  body?: unknown
  /** Sent as an HTML form, instead of `body`. */
  form?: Readonly<Record<string, string>>
  /** Lower-case names. */
  headers?: Readonly<Record<string, string>>
  /** What the response must fit; fields it does not know are ignored. Without it the response's body is not read. */
  response?: Response
  /** Sent as `Idempotency-Key`; makes any call safe to repeat. */
  idempotencyKey?: string
  /** Safe to repeat for a reason that neither method nor key tell. */
  repeatable?: boolean
  /** On whose behalf; as the service itself when absent. */
  as?: OnBehalfOf
  timeoutMs?: number
}
