import { parseArgs } from 'node:util'
import { parseSince } from '../since.ts'
import type { Filter } from './filter.ts'

export const actions = ['list', 'show', 'replay', 'drop'] as const
export type Action = (typeof actions)[number]

export const usage = `slipway dead list                 what jobs gave up on
slipway dead show <id>            one of them, with its event; secrets are masked unless --reveal
slipway dead replay <id>          puts it back into its job's queue, as a first attempt
slipway dead drop <id>            takes it away for good

Which: --service NAME, --job NAME, --type EVENT.TYPE.V1, --since 2h (or 30m, 7d, a time), --id ID, --limit N; or --all.
--type and --id may be given more than once. Also: --json, --data-dir FOLDER (default .slipway).
Where: AMQP_URL (and AMQP_PREFIX), EVENTS_DATABASE_URL, or else the platform that npm start runs.`

export interface Options {
  action: Action
  filter: Filter
  json: boolean
  reveal: boolean
  dataDir?: string
}

/** @throws Error with a sentence; undefined when help was asked for */
export function readOptions(args: string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      job: { type: 'string' },
      type: { type: 'string', multiple: true },
      since: { type: 'string' },
      id: { type: 'string', multiple: true },
      limit: { type: 'string' },
      all: { type: 'boolean' },
      json: { type: 'boolean' },
      reveal: { type: 'boolean' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return undefined
  const [named, ...more] = positionals
  const action = actions.find((known) => known === named)
  if (!action) throw new Error(`Say what to do: ${actions.join(', ')}${named ? `, not "${named}"` : ''}`)
  const ids = [...more, ...(values.id ?? [])]
  const filter: Filter = {
    ...(values.service && { service: values.service }),
    ...(values.job && { job: values.job }),
    ...(values.type && { types: values.type }),
    ...(values.since !== undefined && { since: parseSince(values.since) }),
    ...(ids.length > 0 && { ids }),
    ...(values.limit !== undefined && { limit: parseLimit(values.limit) }),
  }
  const narrowed = Object.keys(filter).some((name) => name !== 'limit')
  if (action === 'show' && ids.length === 0) throw new Error('Say which: slipway dead show <id>')
  if ((action === 'replay' || action === 'drop') && narrowed === (values.all ?? false))
    throw new Error(
      narrowed ? '--all takes no filters: say one or the other' : `Say which to ${action}: an id, a filter, or --all`,
    )
  return {
    action,
    filter,
    json: values.json ?? false,
    reveal: values.reveal ?? false,
    ...(values['data-dir'] && { dataDir: values['data-dir'] }),
  }
}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (!/^\d+$/.test(text) || limit < 1) throw new Error(`--limit takes a whole number from 1, not "${text}"`)
  return limit
}
