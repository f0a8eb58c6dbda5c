import { readOptions } from './options.ts'
import { start } from './start.ts'
import { explain } from './explain.ts'

try {
  await start(readOptions(process.argv.slice(2), process.env), process.env)
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`)
  process.exit(1)
}
