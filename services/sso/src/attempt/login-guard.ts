import type { Clock } from '@slipway/service-kit'
import type { Settings } from '../config.ts'
import type { Guard } from '../password/password-hasher.ts'
import { accountKey, addressKey, refuseFor, waitAfter, type DelayPolicy } from './attempt.ts'
import type { AttemptStore } from './attempt.store.ts'

export interface LoginAttempt {
  /** Normalised. */
  email: string
  network: string
  /** Whether the account has been logged in to from this network before. */
  known: boolean
}

/** Slows down guessing, by account and by address. Only failures count, and a success clears the account's. */
export interface LoginGuard extends Guard {
  succeeded(): Promise<void>
}

export interface LoginLimits {
  account: DelayPolicy
  address: DelayPolicy
}

export const loginLimits = (settings: Settings): LoginLimits => {
  const common = {
    longestDelayMs: settings.LOGIN_LONGEST_DELAY_S * 1_000,
    forgetAfterMs: settings.LOGIN_FORGET_FAILURES_S * 1_000,
  }
  return {
    account: { ...common, free: settings.LOGIN_FREE_FAILURES_PER_ACCOUNT },
    address: { ...common, free: settings.LOGIN_FREE_FAILURES_PER_ADDRESS },
  }
}

export function loginGuard(
  { email, network, known }: LoginAttempt,
  { attempts, limits, clock }: { attempts: AttemptStore; limits: LoginLimits; clock: Clock },
): LoginGuard {
  const account = accountKey(email, known ? network : undefined)
  const address = addressKey(network)

  return {
    async before() {
      const now = clock.now()
      const counters = await attempts.find([account, address])
      const waits = counters.map((counter) =>
        waitAfter(counter, counter.key === account ? limits.account : limits.address, now),
      )
      refuseFor(Math.max(0, ...waits))
    },
    failed() {
      const now = clock.now()
      return attempts.add([account, address], now, new Date(now.getTime() - limits.account.forgetAfterMs))
    },
    succeeded: () => attempts.clear(account),
  }
}
