/** Steps on an event's way. A process can die before and after each. */
export const steps = [
  'commit',
  'lease',
  'publish',
  'confirm',
  'mark',
  'deliver',
  'job transaction',
  'inbox commit',
  'ack',
  'retry publish',
  'dead-letter publish',
] as const

export type KillPoint = `${'before' | 'after'} ${(typeof steps)[number]}`

export const killPoints = steps.flatMap((step) => [`before ${step}`, `after ${step}`] as KillPoint[])

/** What a killable process is told, as JSON in its first argument. */
export interface Orders {
  databaseUrl: string
  settings: Record<string, unknown>
  /** Dies here the second time that it comes by; never without. */
  killAt?: KillPoint
  /** Events to emit, each in a transaction of its own. */
  emits: number
}
