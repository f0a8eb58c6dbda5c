import { join } from 'node:path'
import { InvalidSettings, readSettings } from '@slipway/config'
import type { TObject } from 'typebox'
import { root } from './files.ts'

interface Config {
  Settings: TObject
  checkSettings?: (settings: unknown) => void
}

/** By convention not settings of the schema: what Node, npm and the image read themselves. */
const ofTheProcess = ['SERVICE', 'COMMIT', 'NODE_OPTIONS']

/** What is wrong with the variables that a deployment gives to a service, judged by the service's own config.ts. */
export async function checkEnvironment(
  service: string,
  environment: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { Settings, checkSettings } = (await import(join(root, `services/${service}/src/config.ts`))) as Config
  const unknown = Object.keys(environment)
    .filter((name) => !ofTheProcess.includes(name) && !(name.replace(/_FILE$/, '') in Settings.properties))
    .map((name) => `${name} is no setting of ${service}`)
  try {
    checkSettings?.(readSettings(Settings, environment))
    return unknown
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error
    return [...unknown, ...error.wrong.map(({ variable, reason }) => `${variable} ${reason}`)]
  }
}
