import addFormats from 'ajv-formats'
import { Ajv, type ErrorObject } from 'ajv'
import type { App } from './app.ts'
import { ValidationFailed } from './errors.ts'

const options = {
  allErrors: true,
  useDefaults: true,
  removeAdditional: false,
  strictTypes: false,
  allowUnionTypes: true,
  // two apps in one process may each have a schema of one name
  addUsedSchema: false,
} as const

/** Ajv’s own `uuid` lets urn:uuid:… pass, which no uuid column takes. */
export const withFormats = (ajv: Ajv) =>
  addFormats.default(ajv, { mode: 'full' }).addFormat('uuid', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i)

// shared by all apps of the process: each keeps what it compiled for a schema object, and the first use takes 10 ms
const exact = withFormats(new Ajv(options))
const converting = withFormats(new Ajv({ ...options, coerceTypes: true }))

/** JSON bodies mean what they say: `"1"` is no number. Everything that travels as text is converted. */
export function validateBySchema(app: App) {
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? exact : converting).compile(schema))
}

/**
 * A route that declares no body takes no JSON but `{}`: nobody is to believe that what they sent there was heeded. Forms are
 * for the routes that parse them.
 */
export function refuseUndeclaredBodies(app: App) {
  app.addHook('preValidation', ({ body, headers, is404, routeOptions: { schema } }, _reply, done) => {
    const undeclared = !schema?.body && !is404 && headers['content-type']?.startsWith('application/json')
    const names = undeclared && typeof body === 'object' && body !== null ? Object.keys(body) : []
    if (names.length === 0) return done()
    const message = 'must NOT have additional properties'
    const errors = names.map((additionalProperty) => ({ message, params: { additionalProperty } }))
    done(new ValidationFailed(fieldErrors('body', errors)))
  })
}

const longest = 20

/** Ajv’s errors as `errors[]` of a problem: where, and what is wrong. Values are not repeated. */
export function fieldErrors(part: string, errors: readonly Partial<ErrorObject>[]) {
  return errors.slice(0, longest).map(({ instancePath = '', message = 'is wrong', params = {} }) => {
    const name = params['missingProperty'] ?? params['additionalProperty']
    return { path: `/${part}${instancePath}${name === undefined ? '' : `/${String(name)}`}`, message }
  })
}
