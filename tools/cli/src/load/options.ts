import { parseArgs } from 'node:util'
import { profileNames, profiles, type ProfileName } from './profiles.ts'

export const usage = `slipway load [options]
Puts load on a running platform and prints what it carries.

  --base-url <url>      the platform (http://127.0.0.1:3000)
  --profile <name>      ${profileNames.join(', ')} (smoke)
${profileNames.map((name) => `                          ${name.padEnd(6)} ${profiles[name].summary}`).join('\n')}
  --route "GET /path"   calls this route instead of shopping; a visit is then one request
  --token <jwt>         sent with --route
  --rate <n>            visits a second, of the first stage where they grow (1; with --route 50)
  --seconds <n>         of each stage
  --users <n>           shoppers, or calls at once (50): SSO lets 100 a minute register
  --slow <ms>           a p99 above this is past the knee (1000)
  --report <file>       HTML report with charts (load-report.html)`

export interface LoadOptions {
  baseUrl: string
  profile: ProfileName
  route?: { method: 'GET' | 'POST' | 'PUT'; path: string }
  token?: string
  rate: number
  seconds: number
  users: number
  slowMs: number
  report: string
}

/** @throws Error that says which option is wrong; answers undefined when only help is asked for */
export function readOptions(args: string[]): LoadOptions | undefined {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      ...{ 'base-url': text, profile: text, route: text, token: text, rate: text, seconds: text },
      ...{ users: text, slow: text, report: text, help: { type: 'boolean', short: 'h' } },
    },
  })
  if (values.help) return undefined
  const profile = profileNames.find((name) => name === (values.profile ?? 'smoke'))
  if (!profile) throw new Error(`--profile is one of ${profileNames.join(', ')}`)
  const route = values.route === undefined ? undefined : readRoute(values.route)
  return {
    baseUrl: new URL(values['base-url'] ?? 'http://127.0.0.1:3000').href.replace(/\/$/, ''),
    profile,
    ...(route && { route }),
    ...(values.token !== undefined && { token: values.token }),
    rate: positive('rate', values.rate, route ? 50 : 1),
    seconds: positive('seconds', values.seconds, profiles[profile].seconds),
    users: Math.ceil(positive('users', values.users, 50)),
    slowMs: positive('slow', values.slow, 1_000),
    report: values.report ?? 'load-report.html',
  }
}

function readRoute(text: string) {
  const [, method, path] = /^(GET|POST|PUT) (\/\S*)$/.exec(text) ?? []
  if (!method || !path) throw new Error('--route is a method and a path: "GET /cart/v1/products"')
  return { method: method as 'GET' | 'POST' | 'PUT', path }
}

function positive(name: string, text: string | undefined, standard: number): number {
  const value = text === undefined ? standard : Number(text)
  if (!(value > 0 && value < Infinity)) throw new Error(`--${name} is a number above 0`)
  return value
}
