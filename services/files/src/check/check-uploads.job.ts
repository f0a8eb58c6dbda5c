import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { policies, type UploadPolicy } from '@slipway/contracts/files'
import type { Deps, Tx } from '../deps.ts'
import { doomQuarantine, rejectFile } from '../file/end-file.ts'
import { fileReady } from '../file/file-events.ts'
import { checkAgain, checking, ready, type Kept, type StoredFile } from '../file/file.ts'
import { publicUrl } from '../file/public-url.ts'
import { objectKey } from '../store/keys.ts'
import { ObjectChanged } from '../store/object-store.ts'
import { Rejected } from './check.ts'
import { checkUpload } from './check-upload.ts'
import { removeLeftovers } from './local-copy.ts'
import { checks, type CheckSettings } from './run-checks.ts'

type JobDeps = Pick<Deps, 'transaction' | 'objects' | 'clock' | 'newId' | 'settings'>

const marginMs = 60_000
const runMs = 45_000

/**
 * Checks what has been uploaded, one file after another. Each lane is a job of its own: so many files are checked at once
 * over all replicas. A file is leased for the time of its check; whoever has lost the lease has no say any more.
 */
export class CheckUploads extends PeriodicJob {
  readonly name: string
  readonly everyMs = 1_000
  override readonly timeoutMs: number
  readonly #deps: JobDeps
  readonly #checks: ReturnType<typeof checks>

  constructor(deps: JobDeps, lane: number, { clamdUrl }: CheckSettings) {
    super()
    this.#deps = deps
    this.#checks = checks({ clamdUrl })
    this.name = `check-uploads-${lane}`
    this.timeoutMs = runMs + deps.settings.CHECK_TIMEOUT_MS + marginMs
  }

  async run({ signal, logger }: PeriodicContext) {
    const until = performance.now() + runMs
    while (!signal.aborted && performance.now() < until) {
      const file = await this.#take()
      if (!file) return
      await this.#check(file, signal, logger)
    }
  }

  /** The next to check, with a key of its own for what is kept: doomed until it is known to be. */
  #take(): Promise<StoredFile | undefined> {
    const { transaction, newId, settings } = this.#deps
    const leaseMs = settings.CHECK_TIMEOUT_MS + marginMs
    return transaction(async (tx) => {
      for (;;) {
        const file = await tx.files.takeDue(['uploaded', 'checking'])
        if (!file) return undefined
        if (file.checks >= settings.CHECK_MAX_ATTEMPTS) {
          const detail = `It could not be checked in ${file.checks} attempts`
          await rejectFile(tx, file, { reason: 'CHECKS_UNAVAILABLE', detail })
          continue
        }
        const leaseUntil = new Date(tx.now.getTime() + leaseMs)
        const taken = checking(file, objectKey(file.id, newId()), leaseUntil)
        await tx.files.save(taken)
        await tx.doomed.add(taken.objectKey!, { at: new Date(leaseUntil.getTime() + leaseMs) })
        return taken
      }
    })
  }

  async #check(file: StoredFile, stop: AbortSignal, logger: PeriodicContext['logger']) {
    const { objects, settings } = this.#deps
    const signal = AbortSignal.any([stop, AbortSignal.timeout(settings.CHECK_TIMEOUT_MS)])
    const facts = { fileId: file.id, purpose: file.purpose }
    try {
      await removeLeftovers(settings.CHECK_DIR)
      const kept = await checkUpload(file, { objects, checks: this.#checks, dir: settings.CHECK_DIR }, signal)
      const settled = await this.#settle(file, (tx, locked) => promote(tx, locked, kept, settings.PUBLIC_URL))
      logger.info(facts, settled ? 'a file is ready' : 'a file was settled by another check')
    } catch (error) {
      if (error instanceof Rejected) {
        await this.#settle(file, (tx, locked) => rejectFile(tx, locked, error.rejection))
        return logger.info({ ...facts, reason: error.rejection.reason }, 'a file was rejected')
      }
      const again = error instanceof ObjectChanged ? 0 : backoffMs(file.checks)
      await this.#settle(file, (tx, locked) => tx.files.save(checkAgain(locked, new Date(tx.now.getTime() + again))))
      logger.warn({ ...facts, err: error }, 'a file could not be checked yet')
    }
  }

  /** False when the file is gone, or another check has it: what we put there is doomed already. */
  #settle(file: StoredFile, work: (tx: Tx, locked: StoredFile) => Promise<void>): Promise<boolean> {
    return this.#deps.transaction(async (tx) => {
      const locked = await tx.files.lock(file.id)
      if (locked?.status !== 'checking' || locked.objectKey !== file.objectKey) return false
      await work(tx, locked)
      return true
    })
  }
}

async function promote(tx: Tx, file: StoredFile, kept: Kept, platformUrl: string) {
  // its deletion may have begun if this took far too long: another check makes another object then
  if (!(await tx.doomed.spare(file.objectKey!))) return tx.files.save(checkAgain(file, tx.now))
  const { ttlDays }: UploadPolicy = policies[file.purpose]
  const expiresAt = ttlDays === undefined ? undefined : new Date(tx.now.getTime() + ttlDays * 86_400_000)
  const promoted = ready(file, kept, expiresAt)
  await tx.usages.resize(file, kept.size)
  await doomQuarantine(tx, file)
  await tx.files.save(promoted)
  await tx.emit(fileReady(promoted, publicUrl(platformUrl, promoted)))
  tx.tally.became(promoted, 'ready')
}

/** 2 s, 4 s, … up to five minutes. */
const backoffMs = (attempt: number) => Math.min(1_000 * 2 ** attempt, 300_000)
