import { withoutEmpty } from '@slipway/config'
import { readOptions } from './options.ts'
import { start } from './start.ts'
import { explain } from './explain.ts'

const environment = withoutEmpty(process.env)
try {
  await start(readOptions(process.argv.slice(2), environment), environment)
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`)
  process.exit(1)
}
