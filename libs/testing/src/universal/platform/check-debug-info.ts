import type { App } from '@slipway/service-kit'
import { tokenOf, user } from '../../tokens/tokens.ts'
import { Findings } from '../findings.ts'
import { send } from '../requests/send.ts'

interface DebugInfoOptions {
  app: Pick<App, 'inject'>
  service: string
  version: string
  /** All settings as the service has them. */
  settings: Readonly<Record<string, unknown>>
  /** Names of those that are secret. */
  secrets: readonly string[]
}

const members = ['service', 'version', 'commit', 'uptime', 'node', 'settings']
/** Shorter values are found in innocent places. */
const recognisable = 6

/** `/debug/info` says what runs, with every setting and without any secret. @throws Error with what is wrong or told */
export async function checkDebugInfo({ app, service, version, settings, secrets }: DebugInfoOptions) {
  const where = `GET /${service}/debug/info`
  const findings = new Findings('Debug information tells of everything but secrets')
  const authorization = `Bearer ${await tokenOf(user({ permissions: ['debug:read'] }))}`
  const { status, json, text } = await send(app, { method: 'GET', url: where.slice(4), headers: { authorization } })
  const info = (json ?? {}) as Record<string, unknown>
  const shown = (info['settings'] ?? {}) as Record<string, unknown>

  if (status !== 200) findings.add(where, `gets ${status} ${text}`)
  if (Object.keys(info).toSorted().join() !== members.toSorted().join())
    findings.add(where, `has ${Object.keys(info).join()}`)
  if (info['service'] !== service || info['version'] !== version) findings.add(where, `is of another service: ${text}`)
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) continue
    if (!(name in shown)) findings.add(where, `lacks the setting ${name}`)
    if (!secrets.includes(name)) continue
    if (shown[name] !== '***') findings.add(where, `does not mask ${name}`)
    if (String(value).length >= recognisable && text.includes(JSON.stringify(value).slice(1, -1)))
      findings.add(where, `tells the value of ${name}`)
  }
  findings.throwIfAny()
}
