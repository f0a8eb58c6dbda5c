import type { Logger } from '@slipway/observability'
import type { Channel, Outgoing } from '../channel/channel.ts'
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

/** A way out that notes what it is given, and then does as it is told. */
export function outbox(answer: () => void | Promise<void> = () => {}) {
  const taken: Outgoing[] = []
  const email: Channel = {
    async send(message) {
      taken.push(message)
      await answer()
    },
    async close() {},
  }
  return { taken, email }
}
