import type { RouteInfo } from '@slipway/service-kit'
import { schemaOf, written, type RouteRequest } from '../requests/route-request.ts'
import { misfits } from '../requests/validator.ts'
import type { Attempt } from './attempt.ts'

/** Headers travel as bytes: what a client can put there, for each header that the route names. */
export function changedHeaders(route: RouteInfo, request: RouteRequest): Attempt[] {
  const schema = schemaOf(route, 'headers')
  return Object.keys(schema?.properties ?? {}).flatMap((name) =>
    values.map(([what, value]): Attempt => {
      const { [name]: _, ...others } = request.headers
      const headers = value === undefined ? others : { ...others, [name]: value }
      const refused = misfits(schema ?? {}, { ...headers }, 'text').length > 0
      const attempt = { what: `${what} for ${name}`, sent: written(route, { ...request, headers }) }
      return { ...attempt, ...(refused && { expected: [400] }) }
    }),
  )
}

const values: readonly (readonly [what: string, value: string | undefined])[] = [
  ['nothing', undefined],
  ['an empty value', ''],
  ['blanks', '   '],
  ['a very long value', 'x'.repeat(8_000)],
  ['letters beyond ASCII', 'ключ'],
  ['Latin-1 bytes', 'caf\u00e9\u00a0'],
  ['SQL', `'; DROP TABLE users; --`],
]
