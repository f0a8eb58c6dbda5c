import type { Deps } from '../deps.ts'
import { readSeeds } from './seed.ts'
import { EmailTaken, registerUser, userRegistered } from './user.ts'

type SeedDeps = Pick<Deps, 'users' | 'passwords' | 'transaction' | 'newId' | 'clock' | 'settings'>

/** Registers the users of SEED_USERS that are missing; those who are there stay as they are. */
export async function seedUsers({ users, passwords, transaction, newId, clock, settings }: SeedDeps) {
  const seeds = readSeeds(settings.SEED_USERS ?? '')
  if (seeds.length === 0) return
  const taken = new Set(await users.taken(seeds.map(({ email }) => email)))
  for (const { email, password, roles } of seeds.filter((seed) => !taken.has(seed.email))) {
    const passwordHash = await passwords.hash(password)
    const user = registerUser({ id: newId(), email, passwordHash, roles, now: clock.now() })
    try {
      await transaction(async (tx) => {
        await tx.users.insert(user)
        await tx.emit(userRegistered(user))
      })
    } catch (error) {
      if (!(error instanceof EmailTaken)) throw error // another replica seeded them
    }
  }
}
