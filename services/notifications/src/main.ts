import { runService } from '@slipway/service-kit'
import { notifications } from './app.ts'

await runService(notifications, process.env, process.argv.slice(2))
