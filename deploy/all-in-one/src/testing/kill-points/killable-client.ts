import pg from 'pg'
import { statements } from './points.ts'

type Die = (point: string) => void
type Query = (...args: unknown[]) => unknown

const rankOf = (text: string, values: unknown) =>
  statements.findIndex(([, pattern, value]) => pattern.test(text) && (!value || JSON.stringify(values).includes(value)))

/** Lets the process die before and after what it writes: a statement alone, or the COMMIT of the transaction it is in. */
export function makeKillable(die: Die) {
  const states = new WeakMap<object, { inside: boolean; rank: number }>()
  const original = pg.Client.prototype.query as Query

  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const state = states.get(this) ?? { inside: false, rank: -1 }
    states.set(this, state)
    const [first, second] = args as [string | { text?: string; values?: unknown }, unknown]
    const text = typeof first === 'string' ? first : (first.text ?? '')
    const rank = rankOf(text, (typeof first === 'object' && first.values) || second)
    if (/^BEGIN/i.test(text)) Object.assign(state, { inside: true, rank: -1 })
    else if (rank >= 0 && (state.rank < 0 || rank < state.rank)) state.rank = rank

    const writes = /^COMMIT/i.test(text) || (!state.inside && rank >= 0)
    const step = writes ? statements[state.rank]?.[0] : undefined
    if (/^(COMMIT|ROLLBACK)/i.test(text) || !state.inside) Object.assign(state, { inside: false, rank: -1 })
    if (!step) return Reflect.apply(original, this, args)
    die(`before ${step}`)
    return after(
      Reflect.apply(
        original,
        this,
        withCallback(args, () => die(`after ${step}`)),
      ),
      () => die(`after ${step}`),
    )
  } as pg.Client['query']
}

/** The pool calls with a callback, everybody else waits for a promise. */
function withCallback(args: unknown[], then: () => void): unknown[] {
  return args.map((argument) =>
    typeof argument === 'function'
      ? (...answer: unknown[]) => {
          then()
          ;(argument as Query)(...answer)
        }
      : argument,
  )
}

function after(result: unknown, then: () => void): unknown {
  if (!(result instanceof Promise)) return result
  return result.then((value: unknown) => {
    then()
    return value
  })
}
