import { Readable } from 'node:stream'
import type { Deps } from '../deps.ts'

/** What a killed process would not have come back from. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

type Dying = Pick<Deps, 'objects' | 'transaction'>

/**
 * The same dependencies in a process that is killed at its `at`th step, just before the step takes effect or just after:
 * a transaction, or a call of the store. From then on nothing works any more.
 */
export function dying<Some extends Dying>(deps: Some, at: number, when: 'before' | 'after') {
  let steps = 0
  const killed = () => steps >= at
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (killed()) throw new Killed()
    const last = ++steps === at
    if (last && when === 'before') throw new Killed()
    const result = await work()
    if (!last) return result
    if (result instanceof Readable) result.destroy()
    throw new Killed()
  }
  const objects = new Proxy(deps.objects, {
    get: (store, name: keyof Deps['objects']) => {
      const call = store[name] as (...args: unknown[]) => Promise<unknown>
      return (...args: unknown[]) => step(() => call.apply(store, args))
    },
  })
  const transaction: Deps['transaction'] = (work) => step(() => deps.transaction(work))
  return { deps: { ...deps, objects, transaction }, killed }
}

/** Kills the process that answers requests at its `at`th step; another goes on once it is `revived`. */
export function killAt(deps: Dying, at: number, when: 'before' | 'after') {
  const { objects, transaction } = deps
  const process = dying({ objects, transaction }, at, when)
  Object.assign(deps, process.deps)
  return { killed: process.killed, revive: () => void Object.assign(deps, { objects, transaction }) }
}

/** Every step of some work, just before it and just after; ends when the work outlives them all. */
export async function atEveryStep(
  steps: number,
  die: (at: number, when: 'before' | 'after') => Promise<{ killed(): boolean }>,
) {
  for (const when of ['before', 'after'] as const)
    for (let at = 1; ; at++) {
      const { killed } = await die(at, when)
      if (killed()) continue
      if (at <= steps) throw new Error(`There were to be ${steps} steps, and ${at - 1} were taken`)
      break
    }
}
