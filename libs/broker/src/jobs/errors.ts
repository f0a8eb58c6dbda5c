import { inspect } from 'node:util'

/** Thrown by a job for an event that no later attempt could process: it goes to the dead letters at once. */
export class NonRetryable extends Error {
  override readonly name = 'NonRetryable'
}

export class JobTimeout extends Error {
  override readonly name = 'JobTimeout'
  constructor(timeoutMs: number) {
    super(`The job did not end within ${timeoutMs} ms`)
  }
}

/** The process stops: what runs is given back. */
export class Stopping extends Error {
  override readonly name = 'Stopping'
}

/** Code may throw anything, also what cannot be turned into text. */
export const toError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(`Something other than an Error was thrown: ${inspect(thrown)}`)
