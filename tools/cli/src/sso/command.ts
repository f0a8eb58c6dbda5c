import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Environment } from '@slipway/config'
import { ssoEnvironment } from './environment.ts'

const sso = fileURLToPath(new URL('../../../../services/sso/src/main.ts', import.meta.url))

/**
 * A command of SSO itself, in a process of its own: against the database that the environment names, or else that of the
 * platform that `npm start` runs here. In a container it is `node main.ts client …`. Exit code: that of SSO.
 */
export const ssoCommand = (name: string, environment: Environment) => async (args: string[]) => {
  const found = ssoEnvironment(environment)
  if (!found) {
    process.stderr.write(
      `No platform runs here: start it with npm start, or set DATABASE_URL and the other settings of SSO.\n`,
    )
    return 1
  }
  const child = spawn(process.execPath, [sso, name, ...args], { stdio: 'inherit', env: found })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
