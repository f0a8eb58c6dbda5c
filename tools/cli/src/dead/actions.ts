import type { DeadLetters, FoundLetter } from '@slipway/broker'
import type { Audit } from '../audit.ts'
import { visit, type Filter } from './filter.ts'
import type { Options } from './options.ts'
import { details, shownBody, summary, table } from './render.ts'

const shownAtOnce = 100

type Print = (text: string) => void

/** What jobs gave up on, oldest first. */
export async function list(letters: DeadLetters, { filter, json }: Options, print: Print): Promise<number> {
  const found: FoundLetter[] = []
  const { more } = await visit(letters, { limit: shownAtOnce, ...filter }, (letter) => void found.push(letter))
  if (json) found.forEach((letter) => print(JSON.stringify(summary(letter))))
  else if (found.length === 0) print('No dead letters.')
  else print([...table(found), '', `${letterCount(found.length)}${more ? ', and more: --limit' : ''}`].join('\n'))
  return 0
}

/** Exit code 1 when there is none with that id. */
export async function show(letters: DeadLetters, { filter, json, reveal }: Options, print: Print): Promise<number> {
  const { seen } = await visit(letters, filter, (letter) =>
    print(
      json
        ? JSON.stringify({ ...summary(letter), body: shownBody(letter, reveal) })
        : `${details(letter, reveal).join('\n')}\n`,
    ),
  )
  if (seen === 0) print(`No dead letter has the id ${filter.ids!.join(' or ')}`)
  return seen === 0 ? 1 : 0
}

/**
 * Replays or drops what matches, and notes each in the audit log. One that cannot be replayed stays and does not keep
 * the others: exit code 1 then, and when a letter that was named is not there.
 */
export async function settle(
  letters: DeadLetters,
  { action, filter }: Options & { action: 'replay' | 'drop' },
  { print, audit }: { print: Print; audit: Audit },
): Promise<number> {
  const name = `dead-letter-${action}`
  audit(name, 'unknown', { filter: described(filter) }, `dead letters: ${action} was asked for`)
  const missing = new Set(filter.ids)
  let done = 0
  let failed = 0
  await visit(letters, filter, async (letter) => {
    missing.delete(letter.id)
    const what = { dead_letter: summary(letter) }
    try {
      if (!(await letter[action]())) return // another operator was faster
      done++
      audit(name, 'success', what, `dead letter ${past[action]}`)
    } catch (error) {
      failed++
      print(`${letter.queue} ${letter.id} stays: ${(error as Error).message}`)
      audit(name, 'failure', { ...what, err: error }, `dead letter could not be ${past[action]}`)
    }
  })
  for (const id of missing) print(`No dead letter has the id ${id}`)
  print(`${letterCount(done)} ${past[action]}${failed > 0 ? `, ${failed} stay` : ''}`)
  return failed > 0 || missing.size > 0 ? 1 : 0
}

const letterCount = (count: number) => `${count} dead ${count === 1 ? 'letter' : 'letters'}`

const past = { replay: 'replayed', drop: 'dropped' }

const described = ({ since, ...filter }: Filter) => ({ ...filter, ...(since && { since: since.toISOString() }) })
