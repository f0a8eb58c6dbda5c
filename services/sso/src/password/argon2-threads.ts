import type { Options } from '@node-rs/argon2'
import { Piscina } from 'piscina'
import type { HashTask, VerifyTask } from './argon2-thread.ts'

let threads: Piscina | undefined

/**
 * Threads of the process, as many as there is work for; the gate of the hasher bounds that. They give way to the event
 * loop (nice 10), so that a storm of log-ins does not keep other requests waiting for a core. Gone when idle for a minute.
 */
const pool = () =>
  (threads ??= new Piscina({
    filename: new URL('./argon2-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 64,
    idleTimeout: 60_000,
    niceIncrement: 10,
    recordTiming: false,
  }))

/** argon2id in PHC format. */
export const hash = (password: string, options: Options): Promise<string> =>
  pool().run({ password, options } satisfies HashTask, { name: 'hash' })

export const verify = (known: string, password: string): Promise<boolean> =>
  pool().run({ known, password } satisfies VerifyTask, { name: 'verify' })
