import { serviceTest } from '@slipway/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import { acquiring } from '../../app.ts'
import type { Deps } from '../../deps.ts'
import { Bank } from '../bank.ts'
import { environment } from '../environment.ts'
import { neighbours } from '../neighbours.ts'
import { scenario, type Scenario } from './actions.ts'
import { Carts } from './carts.ts'
import { alwaysTrue, trueInTheEnd } from './invariants.ts'
import { Life, mortal } from './life.ts'
import { Stage } from './stage.ts'

const number = (name: string) => (process.env[name] ? Number(process.env[name]) : undefined)
const runs = number('PROPERTY_RUNS') ?? 300
const seed = number('PROPERTY_SEED')
const path = process.env['PROPERTY_PATH']

const life = new Life()
const service = acquiring.definition
const definition = {
  ...service,
  buildDeps: (platform: Parameters<typeof service.buildDeps>[0]) => mortal(service.buildDeps(platform) as Deps, life),
}
const test = serviceTest(definition, {
  neighbours,
  environment: {
    ...environment,
    LOG_LEVEL: 'silent',
    S2S_RETRIES: '0', // the next try is the scenario's business
    IDEMPOTENCY_WAIT_MS: '0',
    RECONCILIATION_PERIOD_MINUTES: '10080',
  },
})

/** Rows that are written once are the last to go: triggers guard them, except from a replica. */
const tables =
  'rechecks refunds payment_history provider_events checkouts idempotency_keys ledger_entries ledger_transactions ledger_accounts ' +
  'settlement_lines reconciliation_differences reconciliations payments messaging.outbox messaging.inbox'
const forget = [
  'SET LOCAL session_replication_role = replica',
  ...tables.split(' ').map((table) => `DELETE FROM ${table}`),
].join(';')

/** Everything that a payment can be must come up, or the scenarios are worth less than they look. */
const reachable =
  'authorized canceled captured charged_back created expired failed partially_refunded refunded requires_action unknown'

/** Every so many runs begin with a new service and a new database. */
const atOnce = 500
const first = seed ?? Date.now() & 0x7fffffff
const rounds = Array.from({ length: path ? 1 : Math.ceil(runs / atOnce) }, (_, round) => ({
  seed: first + round,
  numRuns: Math.min(atOnce, runs - round * atOnce),
}))
const longestShrinkMs = 60_000

test.fresh.for(rounds)(
  'whatever happens, in whatever order, whoever dies: money is neither lost nor made (seed $seed)',
  { timeout: 120_000 + atOnce * 1_000 },
  async (round, { api, deps, clock, events, neighbours }) => {
    const bank = new Bank(neighbours.sandboxBank, clock)
    const carts = new Carts(neighbours.cart)
    const begin = clock.now()
    const seen = new Set<string>()
    let failedAt = Infinity

    async function run({ manual, actions, rest }: Scenario) {
      bank.forget()
      carts.forget()
      neighbours.requests.length = 0
      clock.set(begin)
      life.begin()
      life.captureMode = manual ? 'manual' : 'automatic'
      const world = { api, deps, clock, events, bank, carts, life }
      await deps.transaction((_, sql) => sql.query(forget))
      const stage = new Stage(world)
      for (const action of actions) await stage.act(action)
      await alwaysTrue(world)
      await stage.calm(rest)
      const rows = await trueInTheEnd(world)
      expect(stage.failures, 'answers that are a mistake of ours').toEqual([])
      for (const ids of stage.answers.values()) expect(ids.size, 'one key, one answer').toBe(1)
      for (const { history } of rows) for (const status of history) seen.add(status)
    }

    const property = fc.asyncProperty(scenario, async (chosen) => {
      if (Date.now() - failedAt > longestShrinkMs) return // it is small enough
      await run(chosen).catch((error: unknown) => {
        failedAt = Math.min(failedAt, Date.now())
        throw error
      })
    })
    await fc.assert(property, {
      ...{ ...round, ...(path && { path }) },
      reporter(details) {
        if (!details.failed) return
        const again = `TEST_LONG=true PROPERTY_SEED=${details.seed} PROPERTY_PATH=${details.counterexamplePath}`
        throw new Error(`${fc.defaultReportMessage(details)}\n\nAgain: ${again} npx vitest run money.property`, {
          cause: details.errorInstance,
        })
      },
    })
    if (!path && round.numRuns >= 300) expect([...seen].toSorted().join(' ')).toBe(reachable)
  },
)
