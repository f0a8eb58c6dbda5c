import type { App } from '@slipway/service-kit'
import { differenceFrom, type Refusal } from '../access/refusals.ts'
import { vi } from 'vitest'
import { Findings } from '../findings.ts'
import { send } from '../requests/send.ts'

/** Something without which the service cannot serve. */
export interface Dependency {
  /** As readiness names it. */
  name: string
  down(): Promise<void>
  up(): Promise<void>
}

interface HealthOptions {
  app: Pick<App, 'inject'>
  /** Name of the service. */
  service: string
  dependencies: readonly Dependency[]
  /** Until what is there must have been found; long enough for a machine that is busy. */
  patienceMs?: number
}

/**
 * The process is live whatever happens; it is ready unless a dependency is down, and then says which and nothing more.
 * Takes each dependency down in turn.
 *
 * @throws Error with every answer that is another
 */
export async function checkHealth({ app, service, dependencies, patienceMs = 30_000 }: HealthOptions) {
  const findings = new Findings('Health tells the truth')
  await untilReady(app, service, patienceMs)
  await expectHealth(app, service, [], 'with all dependencies', findings)
  for (const { name, down, up } of dependencies) {
    await down()
    await expectHealth(app, service, [name], `while ${name} is down`, findings)
    await up()
    await untilReady(app, service, patienceMs)
    await expectHealth(app, service, [], `after ${name} came back`, findings)
  }
  findings.throwIfAny()
}

/** Connections may still be made, and those that broke be noticed. */
async function untilReady(app: HealthOptions['app'], service: string, timeout: number) {
  const ask = async () => {
    const { status } = await send(app, { method: 'GET', url: `/${service}/health/ready` })
    if (status !== 200) throw new Error('not ready yet')
  }
  await vi.waitFor(ask, { timeout, interval: 20 }).catch(() => {}) // told by whoever looks next
}

/** For what is down from the start. @throws Error with every answer that is another */
export async function checkNotReady(app: HealthOptions['app'], service: string, failing: readonly string[]) {
  const findings = new Findings('Health tells the truth')
  await expectHealth(app, service, failing, `while ${failing.join(', ')} is down`, findings)
  findings.throwIfAny()
}

async function expectHealth(
  app: HealthOptions['app'],
  service: string,
  failing: readonly string[],
  when: string,
  findings: Findings,
) {
  for (const method of ['GET', 'HEAD']) {
    const live = { method, url: `/${service}/health/live` }
    const ready = { method, url: `/${service}/health/ready` }
    const wrong = [
      [live, await differenceFromOk(app, live)],
      [ready, failing.length > 0 ? await differenceFromDown(app, ready, failing) : await differenceFromOk(app, ready)],
    ] as const
    for (const [{ url }, difference] of wrong)
      if (difference) findings.add(`${method} ${url}`, `${when}: ${difference}`)
  }
}

async function differenceFromOk(app: HealthOptions['app'], sent: { method: string; url: string }) {
  const { status, text } = await send(app, sent)
  const right = status === 200 && text === (sent.method === 'HEAD' ? '' : '{"status":"ok"}')
  return right ? undefined : `${status} ${text} instead of 200 {"status":"ok"}`
}

/** The whole body is compared: an address in it would be a difference. */
async function differenceFromDown(
  app: HealthOptions['app'],
  sent: { method: string; url: string },
  failing: readonly string[],
) {
  const refusal: Refusal = {
    status: 503,
    code: 'NOT_READY',
    detail: `Not ready: ${failing.join(', ')}`,
    extensions: { failing },
  }
  return differenceFrom(refusal, await send(app, sent), sent)
}
