import type { Clock } from '@slipway/service-kit'
import { refuseFor, registrationKey } from './attempt.ts'
import type { AttemptStore } from './attempt.store.ts'

const windowMs = 60_000

interface Deps {
  attempts: AttemptStore
  clock: Clock
  settings: { REGISTRATIONS_PER_MINUTE: number }
}

/** Counts one registration from this network. @throws TooManyAttempts when there were too many within a minute */
export async function countRegistration(network: string, { attempts, clock, settings }: Deps) {
  const now = clock.now()
  const windowStart = new Date(now.getTime() - windowMs)
  const { count, firstAt } = await attempts.addInWindow(registrationKey(network), now, windowStart)
  if (count > settings.REGISTRATIONS_PER_MINUTE) refuseFor(firstAt.getTime() + windowMs - now.getTime())
}
