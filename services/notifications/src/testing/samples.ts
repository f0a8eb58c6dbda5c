import { money } from '@slipway/contracts/primitives'
import { user } from '@slipway/testing'

/** A UUIDv7 that tells samples apart: `sampleId(1)` ends with 1. */
export const sampleId = (number: number) => `01980000-0000-7000-9000-${String(number).padStart(12, '0')}`

export const person = user({ id: sampleId(200) })
export const email = 'jo@example.com'

export const registered = { subject: person.id, data: { userId: person.id, email, name: 'Jo' } }

/** A one-time link; the token is in nobody else’s test. */
export const link = (token = 'one-time', expiresAt = '2100-01-01T00:00:00.000Z') => ({
  subject: person.id,
  data: { userId: person.id, email, token, expiresAt },
})

export const captured = {
  subject: sampleId(300),
  data: {
    paymentId: sampleId(300),
    cartId: sampleId(301),
    userId: person.id,
    amount: money(7_800, 'USD'),
    provider: 'sandbox-bank',
  },
}
