import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash as hashOnce, type Options } from '@node-rs/argon2'
import type { Settings } from '../config.ts'
import { hash, verify } from './argon2-threads.ts'
import { Gate } from './gate.ts'

/** What happens around a check, while it has its turn: a burst of guesses cannot outrun what is counted here. */
export interface Guard {
  /** Asked first; throws when the check may not be made. */
  before(): Promise<void>
  failed(): Promise<void>
}

export interface PasswordHasher {
  /** argon2id in PHC format. @throws TooBusy */
  hash(password: string): Promise<string>
  /** Whether a hash was made with other settings than today’s. */
  isOutdated(hash: string): boolean
  /** Takes the same time without a hash (nobody has that name) and is false then. @throws TooBusy, and what the guard throws */
  verify(hash: string | undefined, password: string, guard: Guard): Promise<boolean>
}

/** The same password typed on another keyboard is the same password (NIST SP 800-63B 5.1.1.2). */
const canonical = (password: string) => password.normalize('NFKC')

/** Hashes in threads, never on the event loop, and never in more of them than the settings allow. */
export async function createPasswordHasher(settings: Settings): Promise<PasswordHasher> {
  const options: Options = {
    memoryCost: settings.PASSWORD_HASH_MEMORY_KIB,
    timeCost: settings.PASSWORD_HASH_PASSES,
    parallelism: 1,
  }
  const {
    // a core is left for those who do not log in
    PASSWORD_HASH_CONCURRENCY: concurrency = Math.max(1, availableParallelism() - 1),
    PASSWORD_HASH_QUEUE: queue,
  } = settings
  const gate = new Gate({ concurrency, queue })
  const today = `$argon2id$v=19$m=${options.memoryCost},t=${options.timeCost},p=${options.parallelism}$`
  const ofNobody = await hashOnce(randomBytes(32), options)

  return {
    hash: (password) => gate.run(() => hash(canonical(password), options)),
    isOutdated: (known) => !known.startsWith(today),
    verify: (known, password, guard) =>
      gate.run(async () => {
        await guard.before()
        const matches = await verify(known ?? ofNobody, canonical(password))
        const right = matches && known !== undefined
        if (!right) await guard.failed()
        return right
      }),
  }
}
