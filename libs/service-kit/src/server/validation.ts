import addFormats from 'ajv-formats'
import { Ajv, type ErrorObject } from 'ajv'
import type { App } from './app.ts'

const options = {
  allErrors: true,
  useDefaults: true,
  removeAdditional: false,
  strictTypes: false,
  allowUnionTypes: true,
} as const

/** JSON bodies mean what they say: `"1"` is no number. Everything that travels as text is converted. */
export function validateBySchema(app: App) {
  const exact = addFormats.default(new Ajv(options), { mode: 'full' })
  const converting = addFormats.default(new Ajv({ ...options, coerceTypes: true }), { mode: 'full' })
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? exact : converting).compile(schema))
}

const longest = 20

/** Ajv’s errors as `errors[]` of a problem: where, and what is wrong. Values are not repeated. */
export function fieldErrors(part: string, errors: readonly Partial<ErrorObject>[]) {
  return errors.slice(0, longest).map(({ instancePath = '', message = 'is wrong', params = {} }) => {
    const name = params['missingProperty'] ?? params['additionalProperty']
    return { path: `/${part}${instancePath}${name === undefined ? '' : `/${String(name)}`}`, message }
  })
}
