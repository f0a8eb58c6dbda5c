import { parseArgs } from 'node:util'
import { createOutbox, InvalidEvent } from '@slipway/broker'
import type { Environment } from '@slipway/config'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { dataDirOf, explainFailure, findDatabase, Refusal } from '../platform/find-platform.ts'
import { knownEvents } from './known-events.ts'

const usage = `slipway event <type> <data as JSON> [--subject <id>] [--data-dir .slipway]
Announces an event as its owner would: it is checked, goes into the owner's outbox, and every job that listens gets it.
  slipway event sso.user.deleted.v1 '{"userId":"01980000-0000-7000-9000-000000000200"}'`

/** Exit code: 0 with the event's id on stdout, 1 when it was not announced, 2 for wrong options. */
export async function eventCommand(args: string[], environment: Environment): Promise<number> {
  let type: string
  let json: string
  let values: { subject?: string; 'data-dir'?: string; help?: boolean }
  try {
    const parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { subject: { type: 'string' }, 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    values = parsed.values
    if (values.help) return (print(usage), 0)
    if (parsed.positionals.length !== 2) throw new Error('A type, and its data in quotes')
    ;[type, json] = parsed.positionals as [string, string]
  } catch (error) {
    return (complain(`${(error as Error).message}\n\n${usage}`), 2)
  }
  try {
    print(await announce(type, json, values, environment))
    return 0
  } catch (error) {
    const told = error instanceof Refusal || error instanceof InvalidEvent || error instanceof SyntaxError
    const known = told ? error.message : explainFailure(error, 'The database')
    if (known === undefined) throw error
    return (complain(known), 1)
  }
}

async function announce(
  type: string,
  json: string,
  { subject, ...options }: { subject?: string; 'data-dir'?: string },
  environment: Environment,
): Promise<string> {
  const events = await knownEvents()
  const on = events.get(type)
  if (!on) throw new Refusal(`No contract declares ${type}; there are\n  ${[...events.keys()].join('\n  ')}`)
  const data = JSON.parse(json) as Record<string, unknown>
  const [owner = ''] = type.split('.')
  const id = uuidv7()
  const client = new pg.Client({
    connectionString: await findDatabase(environment, dataDirOf(options['data-dir'], environment), owner),
  })
  await client.connect()
  try {
    const outbox = createOutbox({ source: owner, traceparent: () => undefined, now: () => new Date(), newId: () => id })
    const about = subject ?? Object.values(data).find((value) => typeof value === 'string')
    await client.query('BEGIN')
    await outbox.emit(client, { on, subject: String(about ?? id), data })
    await client.query('COMMIT')
    return id
  } finally {
    await client.end()
  }
}

const print = (text: string) => void process.stdout.write(`${text}\n`)
const complain = (text: string) => void process.stderr.write(`${text}\n`)
