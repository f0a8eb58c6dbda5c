import { parseArgs } from 'node:util'
import { findTraces } from './read-spans.ts'
import { renderTrace } from './render-trace.ts'

const usage = `slipway trace <id> [--dir .slipway/traces] [--json]
Shows through which services a request went, how many calls each made and how long they took. The id is that of the
trace (x-trace-id of an answer, traceId of a problem, trace.id of a log line) or any other that it mentions, such as a payment's.`

/** Exit code: 0 when a trace was found, 1 when none was, 2 for wrong options. */
export async function traceCommand(args: string[]): Promise<number> {
  let id: string
  let options: { dir?: string; json?: boolean }
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { dir: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) return (print(usage), 0)
    if (positionals.length !== 1 || !/^[\w-]{8,}$/.test(positionals[0]!)) throw new Error('One id is needed')
    id = positionals[0]!
    options = values
  } catch (error) {
    return (print(`${(error as Error).message}\n\n${usage}`), 2)
  }

  const { dir = '.slipway/traces', json = false } = options
  const traces = await findTraces(dir, id).catch(() => undefined)
  if (!traces) return (print(`${dir} holds no traces: they are kept where TRACE_DIR is set, as npm start does`), 1)
  if (traces.length === 0)
    return (print(`No trace in ${dir} mentions ${id}: it is too old, or its spans are not yet written`), 1)
  if (json) print(JSON.stringify(traces, undefined, 2))
  else print(traces.map((spans) => renderTrace(spans).join('\n')).join('\n\n'))
  return 0
}

const print = (text: string) => process.stdout.write(`${text}\n`)
