import { setTimeout as delay } from 'node:timers/promises'
import { Type } from 'typebox'
import { anyone } from '../access/access.ts'
import type { App } from './app.ts'
import { NotReady } from './errors.ts'

/** Named dependencies without which the service cannot serve; each check throws when its own does not answer. */
export type ReadinessChecks = Record<string, () => Promise<void>>

const patienceMs = 2_000
const Ok = Type.Object({ status: Type.Literal('ok') })
const config = { access: anyone(), quiet: true }

/** Liveness depends on nothing; readiness on what the service cannot serve without. */
export function healthRoutes(app: App, checks: ReadinessChecks) {
  let stopping = false
  app.addHook('preClose', async () => void (stopping = true))
  const schema = (summary: string) => ({ summary, tags: ['platform'], response: { 200: Ok } })

  app.get('/health/live', { config, schema: schema('Is the process up?') }, async () => ({ status: 'ok' as const }))

  app.get('/health/ready', { config, schema: schema('Can it serve?') }, async () => {
    // whoever holds a connection open, as a load balancer does, is to send its requests elsewhere
    if (stopping) throw new NotReady(['stopping'])
    const failing = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => ((await passes(check)) ? [] : [name])),
    )
    if (failing.flat().length > 0) throw new NotReady(failing.flat())
    return { status: 'ok' as const }
  })
}

async function passes(check: () => Promise<void>): Promise<boolean> {
  const patience = new AbortController()
  const tooLong = delay(patienceMs, false, { signal: patience.signal, ref: false }).catch(() => false)
  const answer = check().then(
    () => true,
    () => false,
  )
  const passed = await Promise.race([answer, tooLong])
  patience.abort()
  return passed
}
