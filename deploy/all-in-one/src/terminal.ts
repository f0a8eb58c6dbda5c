import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { logins } from './environments.ts'
import type { Secrets } from './secrets.ts'

/** Progress lines, for people: on stderr, so that stdout stays JSON lines and the table. */
export function progress(): (line: string) => void {
  return (line) => process.stderr.write(`${line} …\n`)
}

interface Facts {
  origin: string
  metrics: Server
  dataDir: string
  secrets: Secrets
  production: boolean
  seconds: number
}

export function summary({ origin, metrics, dataDir, secrets, production, seconds }: Facts) {
  const { port } = metrics.address() as AddressInfo
  const rows = [
    ['Everything', origin],
    ['APIs', `${origin}/docs`],
    ['Metrics', `http://127.0.0.1:${port}/metrics`],
    ...(production
      ? []
      : [
          ['Admin', `${logins.admin} / ${secrets['ADMIN_PASSWORD']}`],
          ['Shopper', `${logins.shopper} / ${secrets['SHOPPER_PASSWORD']}`],
        ]),
    ['Data', dataDir],
  ]
  const width = Math.max(...rows.map(([label = '']) => label.length))
  const lines = rows.map(([label = '', value]) => `  ${label.padEnd(width)}  ${value}`)
  process.stdout.write(
    [
      `\nSlipway is ready (${seconds.toFixed(1)} s)\n`,
      ...lines,
      '',
      production ? 'Stop: SIGTERM\n' : 'Try a checkout: npm run journey      Stop: Ctrl-C\n',
    ].join('\n') + '\n',
  )
}
