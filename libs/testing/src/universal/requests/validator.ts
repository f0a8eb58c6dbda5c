import { withFormats } from '@slipway/service-kit'
import { Ajv, type ErrorObject } from 'ajv'

const options = { allErrors: true, strict: false, addUsedSchema: false } as const
const judges = {
  /** As it is. */
  exact: withFormats(new Ajv(options)),
  /** As a body is judged: what is missing gets its default. */
  body: withFormats(new Ajv({ ...options, useDefaults: true })),
  /** As what travels as text is judged: `"1"` is a number too. */
  text: withFormats(new Ajv({ ...options, useDefaults: true, coerceTypes: true })),
}

/** What is wrong with a value by its schema; nothing when it fits. The judges of body and text change the value. */
export function misfits(schema: object, value: unknown, judge: keyof typeof judges = 'exact'): readonly ErrorObject[] {
  const validate = judges[judge].compile(schema)
  return validate(value) ? [] : (validate.errors ?? [])
}

/** Errors as one line for people. */
export const inWords = (errors: readonly ErrorObject[]) =>
  errors
    .slice(0, 5)
    .map(({ instancePath, message, params }) => {
      const name: unknown = params['missingProperty'] ?? params['additionalProperty']
      return `${instancePath || '/'} ${message ?? ''}${typeof name === 'string' ? ` (${name})` : ''}`
    })
    .join('; ')
