import type { Clock } from '@slipway/service-kit'

/** The bank's time, which may be moved forward: what waits for hours happens at once. Until the process ends. */
export interface BankClock extends Clock {
  readonly aheadSeconds: number
  moveTo(aheadSeconds: number): void
}

export function bankClock(real: Clock): BankClock {
  let ahead = 0
  return {
    get aheadSeconds() {
      return ahead
    },
    now: () => new Date(real.now().getTime() + ahead * 1_000),
    moveTo(aheadSeconds) {
      ahead = aheadSeconds
    },
  }
}
