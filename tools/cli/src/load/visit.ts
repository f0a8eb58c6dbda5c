import type { Measurements } from './measurements.ts'

/** One visit from its first request to its last. @throws when an answer is not as it must be */
export type Visit = (measurements: Measurements) => Promise<void>

/** Who visits: each makes one visit at a time. */
export interface Visitors {
  /** Before the first stage: registers whom it needs. */
  gather(count: number): Promise<Visit[]>
}
