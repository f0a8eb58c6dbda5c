import { runService } from '@slipway/service-kit'
import { sandboxBank } from './app.ts'

await runService(sandboxBank, process.env, process.argv.slice(2))
