import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('testing/log-and-exit.ts', import.meta.url))
const env = { PATH: process.env['PATH'] } // whoever runs the tests may ask for colours
const run = (format: string) =>
  text(spawn(process.execPath, [script, format], { env, stdio: ['ignore', 'pipe', 'inherit'] }).stdout)

test('two services write whole lines to one pipe and lose none when the process exits', async () => {
  const lines = (await run('json')).trimEnd().split('\n')
  expect(lines).toHaveLength(4_000)
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, string>)
  for (const service of ['cart', 'files']) {
    const own = parsed.filter((line) => line['service.name'] === service)
    expect(own.map(({ message }) => message)).toEqual(Array.from({ length: 2_000 }, (_, line) => `line ${line}`))
  }
})

test('LOG_FORMAT=pretty shows level, service and message', async () => {
  const [first, ...others] = (await run('pretty')).trimEnd().split('\n')
  expect(first).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: cart: line 0 \{"text":"x{500}"\}$/)
  expect(others).toHaveLength(3_999)
})
