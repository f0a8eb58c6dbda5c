import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps, Tx } from '../deps.ts'
import type { Round } from './round.store.ts'
import type { UsageKey } from './usage-counts.ts'

type JobDeps = Pick<Deps, 'transaction' | 'rounds'>

const name = 'recount-usages'
const roundEveryMs = 24 * 3_600_000
const runMs = 45_000

interface Report {
  counted: number
  corrected: number
}

/** Counts anew what owners and subjects take. Nothing should ever differ: what does is corrected, and told as an error. */
export class RecountUsages extends PeriodicJob {
  readonly name = name
  readonly everyMs = 60_000
  readonly #deps: JobDeps
  readonly #limit: number

  constructor(deps: JobDeps, limit = 200) {
    super()
    this.#deps = deps
    this.#limit = limit
  }

  async run({ signal, logger }: PeriodicContext) {
    const until = performance.now() + runMs
    const round = await this.#deps.rounds.current<Report>(name, { counted: 0, corrected: 0 }, roundEveryMs)
    while (round && !signal.aborted && performance.now() < until) {
      if (!(await this.#page(round, logger))) continue
      return logger.info({ report: round.report }, 'usages were counted anew')
    }
  }

  async #page(round: Round<Report>, logger: PeriodicContext['logger']): Promise<boolean> {
    const { transaction } = this.#deps
    const rows = await transaction((tx) => tx.usageCounts.list(round.cursor, this.#limit))
    for (const row of rows) {
      const difference = await transaction((tx) => recount(tx, row))
      round.report.counted++
      if (!difference) continue
      round.report.corrected++
      logger.error({ ...row, ...difference }, 'a usage was wrong')
    }
    const last = rows.at(-1)
    const finished = rows.length < this.#limit
    round.cursor = finished || !last ? undefined : last.cursor
    await transaction((tx) => tx.rounds.save(name, round, finished))
    return finished
  }
}

async function recount(tx: Tx, key: UsageKey) {
  const difference = await tx.usageCounts.recount(key)
  if (difference) tx.tally.usageCorrected()
  return difference
}
