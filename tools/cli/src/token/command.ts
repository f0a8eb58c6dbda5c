import { parseArgs } from 'node:util'
import type { Environment } from '@slipway/config'
import { dataDirOf, Refusal } from '../platform/find-platform.ts'
import { isUnreachable, tokenFor } from './token-for.ts'

const usage = `slipway token [role] [--base-url http://127.0.0.1:3000] [--data-dir .slipway]
Prints an access token of a development user with the role: user (when absent), admin, support …
  curl -H "authorization: Bearer $(npx --no-install slipway token admin)" http://127.0.0.1:3000/sso/v1/users`

/** Exit code: 0 with the token on stdout, 1 when there is none, 2 for wrong options. */
export async function tokenCommand(args: string[], environment: Environment): Promise<number> {
  let role: string
  let values: { 'base-url'?: string; 'data-dir'?: string; help?: boolean }
  try {
    const parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'base-url': { type: 'string' },
        'data-dir': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (parsed.positionals.length > 1) throw new Error('One role is enough')
    values = parsed.values
    role = parsed.positionals[0] ?? 'user'
  } catch (error) {
    return (complain(`${(error as Error).message}\n\n${usage}`), 2)
  }
  if (values.help) return (print(usage), 0)
  const baseUrl = values['base-url'] ?? 'http://127.0.0.1:3000'
  try {
    print(await tokenFor(role, { baseUrl, dataDir: dataDirOf(values['data-dir'], environment) }))
    return 0
  } catch (error) {
    if (isUnreachable(error))
      complain(`${baseUrl} cannot be reached: start the platform with npm start, or say --base-url`)
    else if (error instanceof Refusal) complain(error.message)
    else throw error
    return 1
  }
}

const print = (text: string) => void process.stdout.write(`${text}\n`)
const complain = (text: string) => void process.stderr.write(`${text}\n`)
