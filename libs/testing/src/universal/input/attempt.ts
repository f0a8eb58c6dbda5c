import type { Sent } from '../requests/send.ts'

/** A request that is wrong, or unusual, in one thing. */
export interface Attempt {
  what: string
  sent: Sent
  /** One of these statuses must come back. Absent: anything but a failure will do. */
  expected?: readonly number[]
}
