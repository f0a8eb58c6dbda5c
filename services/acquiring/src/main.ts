import { runService } from '@slipway/service-kit'
import { acquiring } from './app.ts'

await runService(acquiring, process.env, process.argv.slice(2))
