import { InvalidSettings, readSettings } from '@slipway/config'
import { expect, test } from 'vitest'
import { originsOf } from './checkout/return-url.ts'
import { checkSettings, Settings } from './config.ts'
import { providerKinds } from './provider/provider-kinds.ts'
import { isUsable } from './provider/provider-settings.ts'
import { environment } from './testing/environment.ts'

const read = (more: Record<string, string> = {}) => {
  const settings = readSettings(Settings, {
    ...environment,
    PUBLIC_URL: 'https://shop.example/any/path',
    SSO_URL: 'http://sso.test/sso',
    TOKEN_ISSUER: 'http://sso.test/sso',
    CLIENT_SECRET: 'secret',
    DATABASE_URL: 'postgresql://db/acquiring',
    EVENTS_DATABASE_URL: 'postgresql://db/events',
    ...more,
  })
  checkSettings(settings)
  return settings
}

const wrong = (more: Record<string, string>) => {
  try {
    read(more)
  } catch (error) {
    if (error instanceof InvalidSettings) return error.wrong.map(({ variable }) => variable)
    throw error
  }
  return []
}

test('a payment may take half an hour, and payers come back to the platform, unless said otherwise', () => {
  const settings = read()
  expect(settings).toMatchObject({
    PAYMENT_TTL_MINUTES: 30,
    PAYMENT_PROVIDER: 'sandbox-bank',
    IDEMPOTENCY_WAIT_MS: 5_000,
  })
  expect(originsOf(settings)).toEqual(['https://shop.example'])
})

test('other origins may be allowed', () => {
  expect(
    originsOf(read({ RETURN_URL_ORIGINS: 'https://a.example, http://localhost:5173/, http://localhost:*' })),
  ).toEqual(['https://shop.example', 'https://a.example', 'http://localhost:5173', 'http://localhost:*'])
})

test.each([
  '*',
  'shop.example',
  'https://a.example/path',
  'ftp://a.example',
  'javascript:alert(1)',
  'https://u@a.example',
  'http://localhost:5173:*',
  'http://*:*',
])('an origin that is none stops the start: %s', (origin) => {
  expect(wrong({ RETURN_URL_ORIGINS: `https://shop.example,${origin}` })).toEqual(['RETURN_URL_ORIGINS'])
})

test('the sandbox bank is not for production', () => {
  expect(wrong({ NODE_ENV: 'production' })).toEqual(['PAYMENT_PROVIDER'])
  expect(() => read({ NODE_ENV: 'production' })).toThrow('must name a real payment provider in production')
})

test('what is missing is named', () => {
  expect(wrong({ CART_URL: '', PAYMENT_TTL_MINUTES: '0', PAYMENT_PROVIDER: 'x' }).sort()).toEqual([
    'CART_URL',
    'PAYMENT_PROVIDER',
    'PAYMENT_TTL_MINUTES',
  ])
  expect(wrong({ SANDBOX_BANK_URL: '', SANDBOX_BANK_WEBHOOK_SECRET: '' })).toEqual([
    'SANDBOX_BANK_URL',
    'SANDBOX_BANK_WEBHOOK_SECRET',
  ])
})

test('with Stripe’s settings production starts, and there is no sandbox bank', () => {
  const stripe = { PAYMENT_PROVIDER: 'stripe', STRIPE_SECRET_KEY: 'sk_live_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' }
  const settings = read({ ...stripe, NODE_ENV: 'production' })
  expect(providerKinds.filter((kind) => isUsable(kind, settings)).map(({ name }) => name)).toEqual(['stripe'])
  expect(wrong({ ...stripe, STRIPE_WEBHOOK_SECRET: '' })).toEqual(['STRIPE_WEBHOOK_SECRET'])
})

test('currencies are checked by their codes', () => {
  expect(read({ PAYMENT_CURRENCIES: 'EUR, JPY' })).toMatchObject({ PAYMENT_CURRENCIES: 'EUR, JPY' })
  for (const list of ['EURO', 'eur', 'EUR;USD', 'XYZ'])
    expect(wrong({ PAYMENT_CURRENCIES: list })).toEqual(['PAYMENT_CURRENCIES'])
})
