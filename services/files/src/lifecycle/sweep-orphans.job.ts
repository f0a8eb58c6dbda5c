import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import type { Deps } from '../deps.ts'
import { deleteFile } from '../file/end-file.ts'
import { objects as kept, quarantine } from '../store/keys.ts'
import { compare, isDoubtful, type Claim, type Compared } from './orphans.ts'
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

/** A round under way, with what only its end decides on. */
interface Sweep extends OrphanReport {
  pending?: Pending
}

interface Pending {
  /** Files that cannot do without their object. */
  needed: number
  /** A page lacked its objects: the store was the wrong one for a part of the round at least. */
  wrongStore: boolean
  orphans: string[]
  lost: Claim[]
}

const name = 'sweep-orphans'
const roundEveryMs = 24 * 3_600_000
const runMs = 45_000
const examples = 20
/** Of each kind in a round; the next one goes on. */
const mostRepairs = 500
const prefixes = [quarantine, kept] as const
const fresh = (): OrphanReport => ({ objects: 0, files: 0, orphans: 0, orphanBytes: 0, lost: 0, examples: [] })

/**
 * Compares the store with the rows, in both directions, a page at a time. When a round is over, objects that no file claims
 * are deleted, and files whose object is gone are ended, unless the whole looks like the wrong store or database. With
 * ORPHANS=report it only tells. A round goes on where the last run stopped.
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
    let round = await this.#deps.rounds.current<Sweep>(name, fresh(), roundEveryMs)
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
  async #page(round: Round<Sweep>, logger: PeriodicContext['logger']): Promise<boolean> {
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
    const found = { ...compared, lost: await this.#reallyLost(compared.lost) }
    const pending = (round.report.pending ??= { needed: 0, wrongStore: false, orphans: [], lost: [] })
    tell(round.report, found)
    put(pending, found)
    round.cursor = compared.next ?? prefixes[prefixes.indexOf(prefix) + 1]
    const finished = round.cursor === undefined
    if (finished) delete round.report.pending
    const repair = finished && !this.#isDoubtful(round.report, pending, logger) && settings.ORPHANS === 'repair'
    const lost = repair ? await this.#reallyLost(pending.lost) : []
    await transaction(async (tx) => {
      tx.tally.orphans('object', found.orphans.length)
      tx.tally.orphans('file', found.lost.length)
      if (repair) for (const key of pending.orphans) await tx.doomed.add(key)
      for (const { fileId, key } of lost) {
        const file = await tx.files.lock(fileId)
        if (file?.objectKey === key) await deleteFile(tx, file, 'OBJECT_LOST')
      }
      await tx.rounds.save(name, round, finished)
    })
    return finished
  }

  /** Lists are older than rows, and a round may take long: what has become ready, or is mounted again, is there. */
  async #reallyLost(claims: readonly Claim[]): Promise<Claim[]> {
    const lost: Claim[] = []
    for (const claim of claims) if (!(await this.#deps.objects.head(claim.key))) lost.push(claim)
    return lost
  }

  #isDoubtful({ objects, orphans, lost }: OrphanReport, pending: Pending, logger: PeriodicContext['logger']): boolean {
    const { needed } = pending
    const wrongStore = pending.wrongStore || isDoubtful(lost, needed)
    const wrongDatabase = isDoubtful(orphans, objects)
    if (wrongStore)
      logger.error({ lost, needed }, 'many objects are missing: is this the right store? Nothing is repaired')
    if (wrongDatabase)
      logger.error({ orphans, objects }, 'most objects are nobody’s: is this the right database? Nothing is repaired')
    return wrongStore || wrongDatabase
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

function put(pending: Pending, { orphans, lost, seen }: Compared) {
  pending.needed += seen.needed
  pending.wrongStore ||= isDoubtful(lost.length, seen.needed)
  pending.orphans = [...pending.orphans, ...orphans.map(({ key }) => key)].slice(0, mostRepairs)
  pending.lost = [...pending.lost, ...lost].slice(0, mostRepairs)
}
