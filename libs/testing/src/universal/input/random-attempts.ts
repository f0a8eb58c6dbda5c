import fc from 'fast-check'
import type { RouteInfo } from '@slipway/service-kit'
import type { JsonSchema } from '../requests/json-schema.ts'
import { placesOf, pointer, replaced } from '../requests/places.ts'
import { schemaOf, type RouteRequest } from '../requests/route-request.ts'
import type { Attempt } from './attempt.ts'
import { changedBody } from './body-attempts.ts'

const text = fc.string({ unit: 'binary', maxLength: 50 })
const junk = fc.oneof(fc.jsonValue(), text, fc.double(), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(Number))

/** Right bodies with junk at any place: what nobody thought of. */
export function randomBodies(route: RouteInfo, request: RouteRequest): fc.Arbitrary<Attempt> | undefined {
  const schema: JsonSchema | undefined = schemaOf(route, 'body')
  if (!schema || request.body === undefined) return undefined
  const places = placesOf(schema, request.body)
  return fc.tuple(fc.constantFrom(...places), junk).map(([place, value]) => {
    const what = `${JSON.stringify(value)?.slice(0, 100)} at ${pointer(place)}`
    return changedBody(route, request, { what, value: replaced(request.body, place.path, value ?? null) })
  })
}
