import type { StageResult } from './measurements.ts'

/** Why a stage carried more than the platform can, or undefined. */
export function pastKnee(stage: StageResult, slowMs: number): string | undefined {
  const ended = stage.visits.count + stage.failed
  if (stage.failed > ended * 0.01) return `${stage.failed} of ${ended} visits failed`
  if (stage.turnedAway > 0) return `${stage.turnedAway} visits could not start: all shoppers were busy`
  if (stage.achieved < stage.offered * 0.9)
    return `${stage.achieved.toFixed(1)} of ${stage.offered} visits a second were carried`
  if (stage.requests.p99 > slowMs) return `the slowest of 100 requests took ${stage.requests.p99.toFixed(0)} ms`
  return undefined
}
