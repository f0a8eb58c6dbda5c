import { Type, type TSchema } from 'typebox'

const mask = '***'

/** A string setting that is masked whenever settings are printed. */
export function Secret(options: Record<string, unknown> = {}) {
  return Type.String({ minLength: 1, ...options, secret: true })
}

/** Settings as they may be printed: every secret that has a value becomes `***`. */
export function maskSecrets(schema: TSchema, settings: Record<string, unknown>): Record<string, unknown> {
  const properties = (schema as unknown as { properties: Record<string, { secret?: boolean }> }).properties
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      properties[name]?.secret && value !== undefined ? mask : value,
    ]),
  )
}
