import type { Clock } from '@slipway/service-kit'
import { PeriodEmpty, PeriodNotOver } from './errors.ts'
import type { Period } from './settlement.store.ts'

/** @throws PeriodEmpty, PeriodNotOver */
export function periodOf({ from, to }: { from: string; to: string }, clock: Clock): Period {
  const period = { from: new Date(from), to: new Date(to) }
  if (!(period.from < period.to)) throw new PeriodEmpty()
  if (period.to > clock.now()) throw new PeriodNotOver()
  return period
}
