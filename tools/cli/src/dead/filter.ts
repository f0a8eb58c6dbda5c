import type { DeadLetters, FoundLetter } from '@slipway/broker'
import { Refusal } from '../platform/find-platform.ts'

/** What is absent matches everything. */
export interface Filter {
  readonly service?: string
  readonly job?: string
  readonly types?: readonly string[]
  /** Died then or later. */
  readonly since?: Date
  readonly ids?: readonly string[]
  readonly limit?: number
}

export const matches = ({ types, since, ids }: Filter, letter: FoundLetter): boolean =>
  (!types || (letter.type !== undefined && types.includes(letter.type))) &&
  (!ids || ids.includes(letter.id)) &&
  (!since || (letter.diedAt !== undefined && letter.diedAt >= since))

/** @throws Refusal when no queue has that service or job, or there is none at all */
export async function queuesOf(letters: DeadLetters, { service, job }: Filter): Promise<string[]> {
  if (service && job) return [`${service}.${job}`]
  const all = await letters.queues()
  const chosen = all.filter((queue) => {
    const [itsService, itsJob] = queue.split('.')
    return (!service || service === itsService) && (!job || job === itsJob)
  })
  if (all.length === 0)
    throw new Refusal(
      'No queue of this repository is there. Has a service started on this broker, under this AMQP_PREFIX?',
    )
  if (chosen.length === 0)
    throw new Refusal(
      `No queue belongs to ${service ? `the service ${service}` : `a job ${job}`}. There are: ${all.join(', ')}.`,
    )
  return chosen
}

/** Letters that match, through all queues, up to the limit; `each` decides what becomes of one before the next comes. */
export async function visit(
  letters: DeadLetters,
  filter: Filter,
  each: (letter: FoundLetter) => Promise<void> | void,
): Promise<{ seen: number; more: boolean }> {
  const limit = filter.limit ?? Infinity
  let seen = 0
  for (const queue of await queuesOf(letters, filter)) {
    for await (const letter of letters.scan(queue)) {
      if (!matches(filter, letter)) continue
      if (seen === limit) return { seen, more: true }
      seen++
      await each(letter)
    }
  }
  return { seen, more: false }
}
