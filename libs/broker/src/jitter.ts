/** Retries that failed together, say in an outage, do not return together: each waits this much of its delay. */
const least = 0.8
const most = 1.2

/** A delay for one retry, in milliseconds. */
export const jittered = (delayMs: number, random: () => number = Math.random): number =>
  Math.round(delayMs * (least + (most - least) * random()))

/** The same where each delay needs a queue of its own. */
export const jitteredTiers = (delayMs: number): number[] =>
  [least, (least + most) / 2, most].map((share) => Math.round(delayMs * share))
