import { runService } from '@slipway/service-kit'
import { cart } from './app.ts'

await runService(cart, process.env, process.argv.slice(2))
