import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { withoutEmpty } from '@slipway/config'
import { explain } from '../explain.ts'
import { dataDirOf } from '../options.ts'
import { Refusal } from '../refusal.ts'
import { backUp } from './back-up.ts'
import { restore } from './restore.ts'

const usage = `npm run backup  -- <file> [--data-dir <folder>]              with the platform stopped
npm run restore -- <file> [--data-dir <folder>] [--replace]  what is there is put aside`

const environment = withoutEmpty(process.env)
try {
  const [command, ...args] = process.argv.slice(2)
  const { values, positionals } = parse(args)
  const [name, ...more] = positionals
  if (!name || more.length > 0) throw new Refusal(usage)
  // npm runs scripts at the root: a relative name is meant from where the user is
  const file = resolve(environment['INIT_CWD'] ?? '.', name)
  const dataDir = dataDirOf(values['data-dir'], environment)
  const common = { dataDir, file, environment, production: environment['NODE_ENV'] === 'production' }
  if (command === 'backup') {
    await backUp(common)
    console.log(`${dataDir} is backed up in ${file}.`)
  } else {
    const { aside } = await restore({ ...common, replace: values.replace ?? false })
    console.log(`${dataDir} is as it was backed up.${aside ? ` What was there before is in ${aside}.` : ''}`)
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}

function parse(args: string[]) {
  try {
    const options = { 'data-dir': { type: 'string' }, replace: { type: 'boolean' } } as const
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\n\n${usage}`)
  }
}
