import underPressure from '@fastify/under-pressure'
import type { App } from './app.ts'
import { Overloaded } from './errors.ts'

/**
 * Refuses new requests with 503 and `Retry-After` while the event loop is late by more than `maxDelayMs` on average:
 * those in hand are then finished, instead of all running into their timeouts. 0: never. Health is always answered,
 * or an orchestrator would restart what is only busy.
 */
export async function shedLoad(app: App, maxDelayMs: number) {
  await app.register(underPressure, {
    maxEventLoopDelay: maxDelayMs,
    pressureHandler: (request) => {
      if (!request.routeOptions.config.quiet) throw new Overloaded()
    },
  })
}
