import type { Logger } from '@slipway/observability'
import type { Deps } from '../deps.ts'
import { SendMessages } from '../message/send-messages.job.ts'

const quiet = { info: () => {}, warn: () => {} } as unknown as Logger

/** One run of the sender, with other ways out where they are given. */
export const sendDue = (deps: Deps, channels: Partial<Deps['channels']> = {}) =>
  new SendMessages({ ...deps, channels: { ...deps.channels, ...channels } }).run({
    tick: new Date(),
    signal: new AbortController().signal,
    logger: quiet,
  })
