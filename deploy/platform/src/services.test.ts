import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { environmentOf, secretsOf, services } from './index.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const names = services.map(({ name }) => name)

test('every service of the repository is in the list, once', () => {
  const folders = readdirSync(`${root}/services`).filter((name) => existsSync(`${root}/services/${name}/package.json`))
  expect([...names].sort()).toEqual(folders.sort())
})

test('the all-in-one runs every service of the list, and no other', () => {
  const imports = readFileSync(`${root}/deploy/all-in-one/src/services.ts`, 'utf8').matchAll(/'@slipway\/([\w-]+)'/g)
  const imported = [...imports].map(([, name]) => name).filter((name) => name !== 'service-kit')
  expect(imported.sort()).toEqual([...names].sort())
})

test('neighbours are services of the list, and none is its own', () => {
  const wrong = services.flatMap(({ name, calls, reaches }) =>
    [...calls, ...reaches]
      .filter((neighbour) => !names.includes(neighbour) || neighbour === name)
      .map((neighbour) => `${name} -> ${neighbour}`),
  )
  expect(wrong).toEqual([])
})

test('an environment is made of what an entry needs, whom it calls and its templates', () => {
  const environment = environmentOf(
    {
      name: 'gift-cards',
      needs: ['database', 'events', 'objects'],
      calls: ['cart'],
      reaches: [],
      internet: false,
      development: false,
      settings: { PEPPER: '{secret:PEPPER}', CALLBACK_URL: '{url:acquiring}/webhooks/x' },
      productionSettings: { PROVIDER: 'real' },
      developmentSettings: { SEED: 'yes' },
    },
    {
      production: true,
      publicUrl: 'https://shop.example',
      address: (name) => `http://${name}:3000/${name}`,
      secret: (name) => `<${name}>`,
      database: (name) => ({ DATABASE_URL: `postgresql://${name}` }),
      events: () => ({ AMQP_URL: 'amqp://mq' }),
      objects: () => ({ S3_ENDPOINT: 'http://s3' }),
    },
  )
  expect(environment).toEqual({
    PUBLIC_URL: 'https://shop.example',
    TOKEN_ISSUER: 'https://shop.example/sso',
    SSO_URL: 'http://sso:3000/sso',
    DATABASE_URL: 'postgresql://gift-cards',
    AMQP_URL: 'amqp://mq',
    S3_ENDPOINT: 'http://s3',
    CLIENT_ID: 'gift-cards',
    CLIENT_SECRET: '<CLIENT_SECRET_GIFT_CARDS>',
    CART_URL: 'http://cart:3000/cart',
    PEPPER: '<PEPPER>',
    CALLBACK_URL: 'http://acquiring:3000/acquiring/webhooks/x',
    PROVIDER: 'real',
  })
})

test('secrets of development are not asked for in production', () => {
  const [sso] = services
  expect(secretsOf(sso!, { production: true })).not.toContain('ADMIN_PASSWORD')
  expect(secretsOf(sso!)).toContain('ADMIN_PASSWORD')
})
