import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox'

/** Any UUID; ours are version 7. */
export const Id = Type.String({ format: 'uuid', description: 'UUID' })

/** RFC 3339, UTC, milliseconds. */
export const Time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' })

/** An object that refuses unknown fields: for bodies of requests. */
export const StrictObject = <Properties extends TProperties>(properties: Properties, options: object = {}) =>
  Type.Object(properties, { ...options, additionalProperties: false })

/** Query of a list. */
export const PageQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: '`nextCursor` of the page before' })),
})
export type PageQuery = Static<typeof PageQuery>

/** Answer of a list; `nextCursor` is null on the last page. */
export const Page = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) })

/** RFC 9457 problem details. */
export const ProblemBody: TObject = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    instance: Type.String(),
    traceId: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { $id: 'Problem', additionalProperties: true },
)

/** The problem that an operation refuses with: one of these codes, with its extensions. */
export const Refusal = (...codes: [string, ...string[]]) =>
  Type.Object({ ...ProblemBody.properties, code: Type.Enum(codes) }, { additionalProperties: true })

/** Of an answer without a body. */
export const Nothing = Type.Undefined()
