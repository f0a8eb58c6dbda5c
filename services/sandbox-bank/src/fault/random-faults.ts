import { faults, type Fault } from './fault.ts'

/**
 * Draws for each request whether something goes wrong, and what: `percent` of them get one fault. The same seed draws
 * the same row of faults (mulberry32).
 */
export function randomFaults({ percent, seed }: { percent: number; seed: number }): () => readonly Fault[] {
  if (percent === 0) return () => []
  let state = seed >>> 0
  const draw = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  return () => (draw(100) < percent ? [faults[draw(faults.length)]!] : [])
}
