import { runService } from '@slipway/service-kit'
import { files } from './app.ts'

await runService(files, process.env, process.argv.slice(2))
