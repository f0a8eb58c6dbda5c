import { expect, test } from 'vitest'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkDebugInfo } from './check-debug-info.ts'

async function check({ secrets = ['DATABASE_URL'], settings = {} }: { secrets?: string[]; settings?: object }) {
  const mini = await startMiniApp({ routes: () => {} })
  const all = { ...mini.settings, ...settings }
  await checkDebugInfo({ app: mini.app, service: 'shop', version: '1.2.3', settings: all, secrets })
}

test('settings with masked secrets pass', async () => {
  await check({})
})

test('a secret that is not masked is found, and one that is told elsewhere', async () => {
  await expect(check({ secrets: ['PUBLIC_URL'] })).rejects.toThrow(
    /does not mask PUBLIC_URL[^]*tells the value of PUBLIC_URL/,
  )
  await expect(check({ settings: { DATABASE_URL: 'http://slipway.test' } })).rejects.toThrow(
    'the value of DATABASE_URL',
  )
})

test('a setting that is not shown is found', async () => {
  await expect(check({ settings: { EXTRA: 'on' } })).rejects.toThrow('lacks the setting EXTRA')
})
