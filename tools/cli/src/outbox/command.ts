import { parseArgs } from 'node:util'
import { OutboxStore, type Replay } from '@slipway/broker'
import type { Environment } from '@slipway/config'
import pg from 'pg'
import { createAudit, createStderrLogger } from '../audit.ts'
import { dataDirOf, explainFailure, findDatabase, Refusal } from '../platform/find-platform.ts'
import { parseSince } from '../since.ts'

const usage = `slipway outbox replay --service NAME --since 2h [--type EVENT.TYPE.V1] [--data-dir FOLDER]
Publishes again what a service announced since then (2h, 7d, or a time), for a queue that was deleted with what it held. Every
job that listens gets it; those that have done it know. It reaches back as far as OUTBOX_RETENTION_HOURS.
Where: DATABASE_URL_<NAME> or DATABASE_URL, or else the platform that npm start runs.`

interface Options extends Replay {
  service: string
  dataDir: string
}

/** Exit code: 0 when done, 1 when the service's database cannot be used, 2 for wrong options. */
export async function outboxCommand(args: string[], environment: Environment): Promise<number> {
  let options: Options | undefined
  try {
    options = readOptions(args, environment)
  } catch (error) {
    return (complain(`${(error as Error).message}\n\n${usage}`), 2)
  }
  if (!options) return (print(usage), 0)
  try {
    const count = await replay(options, environment)
    print(count === 0 ? 'Nothing was published since then.' : `${count} events go out again`)
    return 0
  } catch (error) {
    complain(explain(error, options.service) ?? String((error as Error).stack))
    return 1
  }
}

async function replay({ service, dataDir, since, types }: Options, environment: Environment): Promise<number> {
  const client = new pg.Client({
    connectionString: await findDatabase(environment, dataDir, service),
    application_name: 'slipway outbox',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {}) // the statement under way rejects
  const audit = createAudit(createStderrLogger(), environment)
  const what = { outbox: { service, since: since.toISOString(), types } }
  try {
    await client.connect()
    audit('outbox-replay', 'unknown', what, `outbox of ${service}: replay was asked for`)
    const count = await new OutboxStore({ query: (text, values) => client.query(text, [...(values ?? [])]) }).replay({
      since,
      ...(types && { types }),
    })
    audit('outbox-replay', 'success', { outbox: { ...what.outbox, count } }, `outbox of ${service}: replayed`)
    return count
  } finally {
    await client.end().catch(() => {})
  }
}

/** @throws Error with a sentence; undefined when help was asked for */
function readOptions(args: string[], environment: Environment): Options | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      since: { type: 'string' },
      type: { type: 'string', multiple: true },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return undefined
  if (positionals.length !== 1 || positionals[0] !== 'replay') throw new Error('Say what to do: replay')
  const { service, since, type: types } = values
  if (!service || !/^[a-z][a-z0-9-]*$/.test(service)) throw new Error('Say whose outbox: --service NAME')
  if (!since) throw new Error('Say since when: --since 2h')
  return {
    service,
    since: parseSince(since),
    ...(types && { types }),
    dataDir: dataDirOf(values['data-dir'], environment),
  }
}

function explain(error: unknown, service: string): string | undefined {
  if (error instanceof Refusal) return error.message
  if ((error as { code?: unknown }).code === '42P01') return `The database of ${service} has no outbox.`
  return explainFailure(error, `The database of ${service}`)
}

const print = (text: string) => void process.stdout.write(`${text}\n`)
const complain = (text: string) => void process.stderr.write(`${text}\n`)
