import { parseArgs } from 'node:util'
import { Client } from './client.ts'
import { Difference } from './compare.ts'
import { shop } from './shop.ts'

const usage = `slipway journey [--base-url http://127.0.0.1:3000]
Registers a shopper, uploads a picture, fills a cart, pays on the bank's page and waits until the cart is paid.`

/** Exit code: 0 when every answer was as it must be, 1 at the first difference, 2 for wrong options. */
export async function journeyCommand(args: string[]): Promise<number> {
  let baseUrl: string
  try {
    const { values } = parseArgs({
      args,
      options: { 'base-url': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) return (print(usage), 0)
    baseUrl = new URL(values['base-url'] ?? 'http://127.0.0.1:3000').href.replace(/\/$/, '')
  } catch (error) {
    return (print(`${(error as Error).message}\n\n${usage}`), 2)
  }

  const startedAt = performance.now()
  const client = new Client(baseUrl, print)
  try {
    await shop(client)
  } catch (error) {
    print(explain(error, baseUrl))
    return 1
  }
  print(
    `\nThe journey is right: ${client.steps} steps in ${(performance.now() - startedAt).toFixed(0)} ms, trace ${client.traceId}`,
  )
  return 0
}

const print = (text: string) => process.stdout.write(`${text}\n`)

function explain(error: unknown, baseUrl: string): string {
  if (error instanceof Difference) return `\nThe journey is wrong:\n${error.message}`
  if (error instanceof TypeError) return `\n${baseUrl} cannot be reached: is the platform running? (npm start)`
  return `\n${String(error)}`
}
