import type { Static, TSchema } from 'typebox'
import type { CallOptions, Method } from './client-options.ts'

/**
 * One thing that another party can be asked for, as its contract describes it. The client makes its calls from it, and
 * tests check their mocked answers against it.
 */
export interface Operation {
  readonly method: Method
  /** A template under the base URL, such as `/v1/carts/:cartId`. */
  readonly path: string
  readonly query?: TSchema
  /** Sent as JSON. */
  readonly body?: TSchema
  /** Sent as an HTML form, instead of `body`. */
  readonly form?: TSchema
  /** Schema of the answer’s body by status. All successes of one operation have the same. */
  readonly responses: Readonly<Record<number, TSchema>>
}

/** What one service can be asked for, by names of ours. */
export type Contract = Readonly<Record<string, Operation>>

type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string | number> & ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Record<Name, string | number>
    : unknown

type Part<Name extends string, Schema> = Schema extends TSchema ? Record<Name, Static<Schema>> : unknown

/** Everything that has to be said of one call of the operation. */
export type OperationOptions<Op extends Operation> = Omit<
  CallOptions,
  'params' | 'query' | 'body' | 'form' | 'response'
> &
  (unknown extends ParamsOf<Op['path']> ? unknown : { params: ParamsOf<Op['path']> }) &
  Part<'query', Op['query']> &
  Part<'body', Op['body']> &
  Part<'form', Op['form']>

type Success<Op extends Operation> = Op['responses'][keyof Op['responses'] & (200 | 201 | 202 | 204)]

export type ResultOf<Op extends Operation> = Static<Success<Op>>

/** Schema of the body of a success; undefined where there is none to read. */
export function successOf({ responses }: Operation): TSchema | undefined {
  const [, schema] = Object.entries(responses).find(([status]) => status.startsWith('2') && status !== '204') ?? []
  return schema
}
