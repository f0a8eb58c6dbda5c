import { InvalidSettings } from '@slipway/config'
import { MigrationFailed } from '@slipway/database'
import { EmbeddedPostgresError } from '@slipway/embedded-postgres'
import { Refusal } from './refusal.ts'

const connection = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000'])

/** An error in a sentence for whoever started the platform; a stack only for what nobody foresaw. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return `There is no space left on the disk. Nothing was lost; free some and start again.`
  if (code && connection.has(code))
    return `A database cannot be reached: ${error.message || code}. Check the DATABASE_URL_… settings.`
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0])
  const foreseen = [Refusal, InvalidSettings, MigrationFailed, EmbeddedPostgresError].some(
    (type) => error instanceof type,
  )
  return foreseen ? error.message : (error.stack ?? error.message)
}
