import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Environment } from '@slipway/config'
import { Refusal } from './refusal.ts'

export interface Options {
  host: string
  port: number
  dataDir: string
  /** Begin with an empty platform: what the data folder holds is deleted. */
  reset: boolean
  production: boolean
  startedByNpm: boolean
}

export const usage = `npm start -- [options]
  --port <number>      port of the platform (default 3000, or PORT)
  --data-dir <folder>  where data and generated secrets are kept (default .slipway, or SLIPWAY_DATA_DIR)
  --reset              delete what is kept there and begin anew
  --help               show this`

const root = fileURLToPath(new URL('../../..', import.meta.url))

export const dataDirOf = (given: string | undefined, environment: Environment) =>
  resolve(root, given ?? environment['SLIPWAY_DATA_DIR'] ?? '.slipway')

/** @throws Refusal */
export function readOptions(args: string[], environment: Environment): Options {
  const values = parse(args)
  if (values.help) throw new Refusal(usage)
  const text = values.port ?? environment['PORT'] ?? '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Refusal(`The port must be a number from 0 to 65535, not "${text}".`)
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port,
    dataDir: dataDirOf(values['data-dir'], environment),
    reset: values.reset ?? false,
    production: environment['NODE_ENV'] === 'production',
    startedByNpm: environment['npm_lifecycle_event'] !== undefined,
  }
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        reset: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\n\n${usage}`)
  }
}
