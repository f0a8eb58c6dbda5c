import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkService, type Answer, type Ask } from './check-service.ts'

const usage = `slipway smoke [--url http://127.0.0.1:3000] [--no-edge] [--services sso,cart,…]
Asks every service what must be so of all of them: health, documentation, refusals without a token, nothing internal.
  --no-edge   nothing stands before the services that hides their internal routes (npm start)`

const list = new URL('../../../../deploy/platform/services.json', import.meta.url)
interface Entry {
  name: string
  development?: boolean
}

/** Exit code: 0 when all is as it must be, 1 when something is not, 2 for wrong options. */
export async function smokeCommand(args: string[]): Promise<number> {
  let url: string
  let edge: boolean
  let entries: Entry[]
  try {
    const { values } = parseArgs({
      args,
      options: {
        url: { type: 'string' },
        'base-url': { type: 'string' }, // as the journey calls it
        'no-edge': { type: 'boolean' },
        services: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return (print(usage), 0)
    url = new URL(values.url ?? values['base-url'] ?? 'http://127.0.0.1:3000').href.replace(/\/$/, '')
    edge = !values['no-edge']
    const known = (JSON.parse(readFileSync(list, 'utf8')) as { services: Entry[] }).services
    entries = values.services?.split(',').map((name) => ({ name })) ?? known
  } catch (error) {
    return (print(`${(error as Error).message}\n\n${usage}`), 2)
  }

  const problems: string[] = []
  for (const { name, development } of entries) {
    const ask = asker(url)
    try {
      // production does not have it
      if (development && (await ask('GET', `/${name}/health/live`)).status === 404) continue
      const { asked, wrong } = await checkService(name, ask, { edge })
      print(`${wrong.length === 0 ? 'right' : 'WRONG'}  ${name.padEnd(16)} ${asked} questions`)
      problems.push(...wrong)
    } catch (error) {
      problems.push(`${name}: ${url} does not answer: ${String((error as Error).cause ?? error)}`)
    }
  }
  print(problems.length === 0 ? 'All is as it must be.' : problems.join('\n'))
  return problems.length === 0 ? 0 : 1
}

const print = (text: string) => process.stdout.write(`${text}\n`)

const asker =
  (url: string): Ask =>
  async (method, path): Promise<Answer> => {
    const response = await fetch(url + path, { method, redirect: 'manual', signal: AbortSignal.timeout(15_000) })
    const text = await response.text()
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    return { status: response.status, type, json: type.endsWith('json') ? parse(text) : undefined }
  }

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
