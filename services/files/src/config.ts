import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, type WrongVariable } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { storeVariables, wrongStoreSettings } from './store/store-settings.ts'

const minutes = (fallback: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 10_080, default: fallback, description })

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  ...storeVariables,
  UPLOAD_TTL_MINUTES: minutes(15, 'An upload form is good for so long'),
  UPLOAD_GRACE_MINUTES: minutes(
    10,
    'An upload that began in time may take so much longer; after that the reservation expires',
  ),
  DOWNLOAD_TTL_MINUTES: minutes(10, 'A download link is good for so long'),
  CHECK_LANES: Type.Integer({
    minimum: 1,
    maximum: 32,
    default: 2,
    description: 'Files checked at once, over all replicas',
  }),
  CHECK_TIMEOUT_MS: Type.Integer({ minimum: 1_000, default: 120_000, description: 'Longest check of one file' }),
  CHECK_MAX_ATTEMPTS: Type.Integer({
    minimum: 1,
    default: 8,
    description: 'A file that could not be checked by then is rejected: nothing unchecked is ever handed out',
  }),
  CHECK_DIR: Type.Optional(
    Type.String({
      description: 'Folder for the copy that is being checked; the system’s temporary folder when absent',
    }),
  ),
  CLAMD_URL: Type.Optional(
    Type.String({
      pattern: '^(tcp://[^/]+:\\d+|unix:/.+)$',
      description: 'Antivirus: tcp://host:3310 or unix:/path of clamd. When it is set and down, nothing becomes ready',
    }),
  ),
  ENDED_RETENTION_DAYS: Type.Integer({
    minimum: 1,
    default: 30,
    description: 'Rejected and expired files are shown for so long',
  }),
  ORPHANS: Type.Enum(['repair', 'report'], {
    default: 'repair',
    description: 'report: objects without a file, and files without an object, are only told of',
  }),
  ORPHAN_GRACE_HOURS: Type.Integer({
    minimum: 1,
    default: 24,
    description: 'Objects younger than that are nobody’s orphans yet',
  }),
})
export type Settings = Static<typeof Settings>

/** @throws InvalidSettings */
export function checkSettings(settings: Settings) {
  const wrong: WrongVariable[] = wrongStoreSettings(settings)
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
