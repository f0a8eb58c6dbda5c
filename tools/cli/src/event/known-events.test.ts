import { expect, test } from 'vitest'
import { knownEvents } from './known-events.ts'

test('every event type of every contract is known by its name', async () => {
  const events = await knownEvents()
  expect([...events.keys()]).toContain('sso.user.deleted.v1')
  for (const [name, { type }] of events) expect(type).toBe(name)
})
