import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { Environment } from '@slipway/config'
import pg from 'pg'
import { dataDirOf, explainFailure, findDatabase, Refusal } from '../platform/find-platform.ts'
import { renderTable } from './render-table.ts'

const usage = `slipway sql <service> ["SELECT …"] [--data-dir .slipway]
Runs a statement in the service's database, or asks for some. The database is that of the platform which npm start runs,
or the one that DATABASE_URL_<SERVICE> names.`

/** Exit code: 0, 1 when something failed, 2 for wrong options. */
export async function sqlCommand(args: string[], environment: Environment): Promise<number> {
  let service: string
  let statement: string | undefined
  let dataDir: string | undefined
  try {
    const options = { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    if (values.help) return (print(usage), 0)
    if (positionals.length < 1 || positionals.length > 2) throw new Error('A service, and a statement in quotes')
    service = positionals[0]!
    statement = positionals[1]
    dataDir = values['data-dir']
  } catch (error) {
    return (complain(`${(error as Error).message}\n\n${usage}`), 2)
  }
  let client: pg.Client | undefined
  try {
    client = new pg.Client({
      connectionString: await findDatabase(environment, dataDirOf(dataDir, environment), service),
    })
    await client.connect()
    return statement ? await run(client, statement) : await converse(client, service)
  } catch (error) {
    const known = error instanceof Refusal ? error.message : explainFailure(error, `The database of ${service}`)
    if (!known) throw error
    return (complain(known), 1)
  } finally {
    await client?.end()
  }
}

async function converse(client: pg.Client, service: string): Promise<number> {
  const input = createInterface({ input: process.stdin, output: process.stderr, prompt: `${service}=> ` })
  let statement = ''
  input.prompt()
  for await (const line of input) {
    statement += `${line}\n`
    if (/;\s*$/.test(statement)) {
      await run(client, statement)
      statement = ''
    }
    input.setPrompt(statement === '' ? `${service}=> ` : `${service}-> `)
    input.prompt()
  }
  return 0
}

async function run(client: pg.Client, statement: string): Promise<number> {
  try {
    const results = await client.query(statement)
    for (const result of [results].flat())
      print(renderTable(result.fields?.map(({ name }) => name) ?? [], result.rows, result))
    return 0
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    return (complain(`${error.severity ?? 'ERROR'}: ${error.message}${error.hint ? `\n${error.hint}` : ''}`), 1)
  }
}

const print = (text: string) => void process.stdout.write(`${text}\n`)
const complain = (text: string) => void process.stderr.write(`${text}\n`)
