import { withoutEmpty } from '@slipway/config'
import { explain } from '../explain.ts'
import { readOptions } from '../options.ts'
import { startDev } from './start-dev.ts'

/** `npm run dev [-- service …] [--port 4000]`: a process per service; one that is touched is replaced by a new one. */
const named = process.argv
  .slice(2)
  .filter((argument, index, all) => !/^-/.test(argument) && !/^--(port|data-dir)$/.test(all[index - 1] ?? ''))
const others = process.argv.slice(2).filter((argument) => !named.includes(argument))

const environment = withoutEmpty(process.env)
try {
  await startDev(readOptions(others, environment), environment, named)
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`)
  process.exit(1)
}
