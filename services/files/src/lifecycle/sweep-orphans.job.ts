import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import { deleteFile } from '../file/end-file.ts'
import { objects as kept, quarantine } from '../store/keys.ts'
import { compare, type Claim, type Compared } from './orphans.ts'
import type { Round } from './round.store.ts'

type JobDeps = Pick<Deps, 'transaction' | 'objects' | 'clock' | 'settings' | 'rounds' | 'claims'>

export interface OrphanReport {
  /** Objects and rows that were compared. */
  objects: number
  files: number
  orphans: number
  orphanBytes: number
  lost: number
  /** Some of them. */
  examples: string[]
}

const name = 'sweep-orphans'
const roundEveryMs = 24 * 3_600_000
const runMs = 45_000
const examples = 20
const prefixes = [quarantine, kept] as const
const fresh = (): OrphanReport => ({ objects: 0, files: 0, orphans: 0, orphanBytes: 0, lost: 0, examples: [] })

/**
 * Compares the store with the rows, in both directions, a page at a time: objects that no file claims are deleted, files
 * whose object is gone are ended. With ORPHANS=report it only tells. A round goes on where the last run stopped.
 */
export class SweepOrphans extends PeriodicJob {
  readonly name = name
  readonly everyMs = 60_000
  readonly #deps: JobDeps
  readonly #limit: number

  constructor(deps: JobDeps, limit = 1_000) {
    super()
    this.#deps = deps
    this.#limit = limit
  }

  async run({ signal, logger }: PeriodicContext) {
    const until = performance.now() + runMs
    let round = await this.#deps.rounds.current<OrphanReport>(name, fresh(), roundEveryMs)
    while (round && !signal.aborted && performance.now() < until) {
      const finished = await this.#page(round, logger)
      if (!finished) continue
      const { report } = round
      const level = report.lost > 0 ? 'error' : report.orphans > 0 ? 'warn' : 'info'
      logger[level]({ report }, 'the object store was compared with the files')
      round = undefined
    }
  }

  /** Compares a page and goes on in the round; true after the last one. */
  async #page(round: Round<OrphanReport>, logger: PeriodicContext['logger']): Promise<boolean> {
    const { objects, claims, clock, settings, transaction } = this.#deps
    const after = round.cursor ?? quarantine
    const prefix = prefixes.find((each) => after.startsWith(each)) ?? quarantine
    const limit = this.#limit
    const listed = await objects.list({ prefix, after: after === prefix ? undefined : after, limit })
    const claimed = await claims.list(prefix, after, limit)
    const compared = compare({
      objects: listed,
      claims: claimed,
      doomed: await claims.doomed(listed.map(({ key }) => key)),
      limit,
      olderThan: new Date(clock.now().getTime() - settings.ORPHAN_GRACE_HOURS * 3_600_000),
    })
    const lost = await this.#reallyLost(compared.lost)
    tell(round.report, { ...compared, lost })
    const repair = settings.ORPHANS === 'repair' && !this.#wrongStore(lost, claimed, logger)
    round.cursor = compared.next ?? prefixes[prefixes.indexOf(prefix) + 1]
    await transaction(async (tx) => {
      tx.tally.orphans('object', compared.orphans.length)
      tx.tally.orphans('file', lost.length)
      if (repair) for (const { key } of compared.orphans) await tx.doomed.add(key)
      if (repair)
        for (const { fileId, key } of lost) {
          const file = await tx.files.lock(fileId)
          if (file?.objectKey === key) await deleteFile(tx, file, 'OBJECT_LOST')
        }
      await tx.rounds.save(name, round, round.cursor === undefined)
    })
    return round.cursor === undefined
  }

  /** The list was read before the rows: what has become ready in between is there. */
  async #reallyLost(claims: readonly Claim[]): Promise<Claim[]> {
    const lost: Claim[] = []
    for (const claim of claims) if (!(await this.#deps.objects.head(claim.key))) lost.push(claim)
    return lost
  }

  /** Where most objects are missing, it is rather the wrong bucket than so many losses. */
  #wrongStore(lost: readonly Claim[], claims: readonly Claim[], logger: PeriodicContext['logger']): boolean {
    const wrong = lost.length > 10 && lost.length * 2 > claims.length
    if (wrong)
      logger.error({ lost: lost.length }, 'most objects are missing: is this the right store? Nothing is repaired')
    return wrong
  }
}

function tell(report: OrphanReport, { orphans, lost, seen }: Compared) {
  report.objects += seen.objects
  report.files += seen.files
  report.orphans += orphans.length
  report.orphanBytes += orphans.reduce((sum, { size }) => sum + size, 0)
  report.lost += lost.length
  report.examples = [...report.examples, ...orphans.map(({ key }) => key), ...lost.map(({ key }) => key)].slice(
    0,
    examples,
  )
}
