import type { TSchema } from 'typebox'
import type { CallOptions, Method } from '../client-options.ts'

/** What is known of a call before it is sent. */
export interface Call {
  readonly method: Method
  /** The path template: what logs and metrics show. */
  readonly route: string
  readonly path: string
  readonly options: CallOptions<TSchema>
  readonly payload: string | undefined
  readonly timeoutMs: number
  /** Epoch milliseconds. */
  readonly deadline: number
}
