import { runService } from '@slipway/service-kit'
import { sso } from './app.ts'

await runService(sso, process.env, process.argv.slice(2))
