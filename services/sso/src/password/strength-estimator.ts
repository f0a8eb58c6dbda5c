import { Worker } from 'node:worker_threads'
import type { EstimateStrength, Strength } from './password.ts'

export interface StrengthQuestion {
  id: number
  password: string
  about: readonly string[]
}

export interface StrengthAnswer {
  id: number
  strength: Strength
}

export interface StrengthEstimator {
  estimate: EstimateStrength
  close(): Promise<void>
}

const idleMs = 60_000

/**
 * zxcvbn in a thread of its own: one password keeps a core busy for up to a tenth of a second, and the word lists
 * take 100 MB, so the thread comes with the first question and goes when there were none for a minute.
 */
export function createStrengthEstimator(): StrengthEstimator {
  const open = new Map<number, PromiseWithResolvers<Strength>>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  const start = () => {
    const started = new Worker(new URL('./strength-worker.ts', import.meta.url))
    started.unref()
    started.on('message', ({ id, strength }: StrengthAnswer) => {
      open.get(id)?.resolve(strength)
      open.delete(id)
    })
    started.on('error', (error) => fail(started, error))
    started.on('exit', () => fail(started, new Error('The thread that judges passwords ended')))
    return started
  }

  /** Nobody waits for a thread that is gone; the next question starts another. */
  const fail = (ended: Worker, error: unknown) => {
    if (worker !== ended) return
    worker = undefined
    for (const { reject } of open.values()) reject(error)
    open.clear()
  }

  const close = async () => {
    clearTimeout(idle)
    const ended = worker
    if (!ended) return
    fail(ended, new Error('The service stops'))
    await ended.terminate()
  }

  return {
    async estimate(password, about) {
      clearTimeout(idle)
      const question = { id: ++lastId, password, about }
      const answer = Promise.withResolvers<Strength>()
      open.set(question.id, answer)
      worker ??= start()
      worker.postMessage(question)
      try {
        return await answer.promise
      } finally {
        clearTimeout(idle)
        if (open.size === 0) idle = setTimeout(() => void close(), idleMs).unref()
      }
    },
    close,
  }
}
