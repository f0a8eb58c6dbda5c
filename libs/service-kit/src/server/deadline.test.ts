import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { anyone } from '../access/access.ts'
import { testApp } from '../testing/test-app.ts'

async function ask(timeout: string | undefined, { slowMs = 0 } = {}) {
  let started = 0
  const { app } = await testApp((scoped) => {
    scoped.addHook('preValidation', async () => void (await pause(slowMs)))
    scoped.get('/work', { config: { access: anyone() } }, async () => ({ started: ++started }))
  })
  const headers = timeout === undefined ? {} : { 'x-request-timeout': timeout }
  const response = await app.inject({ url: '/shop/work', headers })
  return { status: response.statusCode, code: response.json().code as string | undefined, started }
}

const refused = { status: 504, code: 'DEADLINE_EXCEEDED', started: 0 }
const answered = { status: 200, code: undefined, started: 1 }

test('what nobody waits for is not begun', async () => {
  expect(await ask('0')).toEqual(refused)
  expect(await ask('20', { slowMs: 40 })).toEqual(refused)
})

test('what is waited for is, whatever the header says that is no number', async () => {
  for (const timeout of ['5000', undefined, '', 'soon', '-1', '1e3', '9'.repeat(30)])
    expect(await ask(timeout), String(timeout)).toEqual(answered)
})
