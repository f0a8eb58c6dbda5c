import { setTimeout as pause } from 'node:timers/promises'
import { Measurements, type StageResult } from './measurements.ts'
import type { Stage } from './profiles.ts'
import type { Visit } from './visit.ts'

/**
 * Starts visits at the rate of the stage whatever the platform does (an open model: a slow answer does not slow the
 * arrivals down, which would hide it), each by someone who is free, then waits for the last to end.
 */
export async function runStage(stage: Stage, free: Visit[]): Promise<StageResult> {
  const { rate, seconds } = stage
  const measurements = new Measurements()
  const running = new Set<Promise<void>>()
  const startedAt = performance.now()
  for (let arrival = 0; arrival < rate * seconds; arrival++) {
    const early = startedAt + (arrival * 1_000) / rate - performance.now()
    if (early > 0) await pause(early)
    const visit = free.shift()
    if (!visit) {
      measurements.turnedAway++
      continue
    }
    const run = timed(visit, measurements).finally(() => {
      running.delete(run)
      free.push(visit)
    })
    running.add(run)
  }
  await Promise.all(running)
  return measurements.result(stage, (performance.now() - startedAt) / 1_000)
}

async function timed(visit: Visit, measurements: Measurements) {
  const startedAt = performance.now()
  try {
    await visit(measurements)
    measurements.visit(performance.now() - startedAt)
  } catch (error) {
    measurements.failure((error as Error).message)
  }
}
