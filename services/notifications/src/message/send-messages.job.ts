import { PeriodicJob, type PeriodicContext } from '@slipway/broker'
import { Undeliverable } from '../channel/channel.ts'
import type { Deps } from '../deps.ts'
import { render, type TemplateData } from '../template/templates.ts'
import { afterFailure, isExpired, type Message, type Outcome } from './message.ts'

type SendDeps = Pick<Deps, 'transaction' | 'channels' | 'brand' | 'clock'>

const batch = 20

/**
 * Sends what was committed, at least once: after a crash between sending and the note of it, the message goes out again
 * with the same id. Nobody else takes it meanwhile.
 */
export class SendMessages extends PeriodicJob {
  readonly name = 'send-messages'
  readonly everyMs = 1_000
  readonly #deps: SendDeps

  constructor(deps: SendDeps) {
    super()
    this.#deps = deps
  }

  async run({ signal, logger }: PeriodicContext) {
    const { transaction } = this.#deps
    for (;;) {
      const due = await transaction((tx) => tx.messages.takeDue(batch))
      await Promise.all(due.map((message) => this.#deliver(message, logger)))
      if (due.length < batch || signal.aborted) return
    }
  }

  async #deliver(message: Message, logger: PeriodicContext['logger']) {
    const outcome = await this.#send(message)
    await this.#deps.transaction(async (tx) => {
      const settled = await tx.messages.settle(message, outcome)
      if (settled && 'status' in outcome && outcome.status === 'bounced')
        await tx.suppressions.add(message.address, outcome.error ?? 'It bounced')
    })
    const { id, template, channel, attempts } = message
    const told = { message: { id, template, channel, attempts }, outcome }
    if ('status' in outcome && outcome.status !== 'failed')
      logger.info(told, `${template} by ${channel}: ${outcome.status}`)
    else logger.warn(told, `${template} by ${channel} could not be sent`)
  }

  async #send(message: Message): Promise<Outcome> {
    const { channels, brand, clock } = this.#deps
    const { id, address, channel, template, data } = message
    if (isExpired(message, clock.now())) return { status: 'expired' }
    try {
      await channels[channel].send({ id, address, ...render(template, data as TemplateData[typeof template], brand) })
      return { status: 'sent' }
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500)
      if (error instanceof Undeliverable) return { status: 'bounced', error: reason }
      return afterFailure(message, reason, clock.now())
    }
  }
}
