import { readFileSync } from 'node:fs'
import { envSchema } from 'env-schema'
import addFormats from 'ajv-formats'
import type { Static, TObject } from 'typebox'
import { InvalidSettings, type WrongVariable } from './invalid-settings.ts'

/** Where settings come from: `process.env`, or a plain object in tests and in the all-in-one process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What is set: an empty variable counts as absent. */
export const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value))

interface SchemaError {
  keyword: string
  instancePath: string
  message?: string
  params: Record<string, unknown>
}

/**
 * Turns an environment into typed settings. Empty variables count as absent, `X_FILE` names a file whose content is
 * the value of `X` (as container secrets are mounted), numbers and booleans are converted, defaults filled in, and
 * variables that the schema does not know are left out.
 *
 * @throws InvalidSettings naming every wrong variable at once
 */
export function readSettings<Schema extends TObject>(schema: Schema, environment: Environment): Static<Schema> {
  const { values, unreadable } = gather(schema, environment)
  try {
    const settings = envSchema({
      schema: cloneOnce(schema),
      data: values,
      env: false,
      dotenv: false,
      ajv: shared ?? { customOptions: keep },
    })
    if (unreadable.length === 0) return settings as Static<Schema>
  } catch (error) {
    const errors = (error as { errors?: SchemaError[] }).errors
    if (!errors) throw error
    const known = new Set(unreadable.map(({ variable }) => variable))
    throw new InvalidSettings([
      ...unreadable,
      ...firstOfEach(errors.map(describe)).filter(({ variable }) => !known.has(variable)),
    ])
  }
  throw new InvalidSettings(unreadable)
}

type Ajv = Parameters<typeof addFormats.default>[0]

// shared by all calls: making one takes 20 ms, and it keeps what it compiled for a schema object
const clones = new WeakMap<TObject, object>()
let shared: Ajv | undefined

const keep = (fresh: Ajv) => (shared = addFormats.default(fresh, { mode: 'full' }).addKeyword('secret'))

/** env-schema writes into the schema that it is given. */
function cloneOnce(schema: TObject): object {
  const clone = clones.get(schema) ?? (structuredClone(schema) as object)
  clones.set(schema, clone)
  return clone
}

function gather(schema: TObject, environment: Environment) {
  const values: Record<string, string> = {}
  const unreadable: WrongVariable[] = []
  for (const name of Object.keys(schema.properties)) {
    const file = environment[`${name}_FILE`]
    const value = environment[name]
    if (value) values[name] = value
    else if (file) {
      try {
        values[name] = readFileSync(file, 'utf8').trimEnd()
      } catch (error) {
        unreadable.push({
          variable: `${name}_FILE`,
          reason: `cannot be read (${(error as NodeJS.ErrnoException).code})`,
        })
      }
    }
  }
  return { values, unreadable }
}

const firstOfEach = (wrong: WrongVariable[]) =>
  wrong.filter(({ variable }, index) => wrong.findIndex((other) => other.variable === variable) === index)

function describe({ keyword, instancePath, message = 'is wrong', params }: SchemaError): WrongVariable {
  if (keyword === 'required') return { variable: String(params['missingProperty']), reason: 'is required' }
  const allowed = params['allowedValues']
  return {
    variable: instancePath.split('/')[1] ?? '(settings)',
    reason: Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : message,
  }
}
