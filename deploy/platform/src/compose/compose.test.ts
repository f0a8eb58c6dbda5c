import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, type CollectionTag } from 'yaml'
import { docsPolicy } from '../docs-page.ts'
import { checkEnvironment } from '../check-environment.ts'
import { root } from '../files.ts'
import { port, services, storing } from '../services.ts'

interface Container {
  image: string
  profiles?: string[]
  build?: { args: Record<string, string> }
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string }
  ports?: string[]
  read_only?: boolean | string
  cap_drop?: string[]
}
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { services: containers } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Container>
}
const names = services.map(({ name }) => name)

/** As compose fills it in, secrets being 40 letters. */
const filled = (value: string, given: Readonly<Record<string, string>> = {}) =>
  value.replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name, kind, text) => given[name] ?? (kind === '-' ? text : 'x'.repeat(40)),
  )

const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(containers[name]?.environment ?? {}).map(([variable, value]) => [variable, filled(String(value))]),
  )

test.each(names)('%s and its worker get settings that its config.ts takes, all it needs and no other', async (name) => {
  expect(await checkEnvironment(name, environmentOf(name))).toEqual([])
  expect(await checkEnvironment(name, environmentOf(`${name}-worker`))).toEqual([])
  expect(environmentOf(`${name}-worker`)).toEqual({ ...environmentOf(name), ROLE: 'worker' })
})

test.each(names)('%s starts after its migrations, with the image that is built for it', (name) => {
  const { image, build, depends_on } = containers[name]!
  expect(image).toBe(`slipway/${name}:\${SLIPWAY_VERSION:-dev}`)
  expect(containers[`${name}-migrate`]?.image).toBe(image)
  expect(build?.args).toMatchObject({ SERVICE: name })
  expect(depends_on).toMatchObject({ [`${name}-migrate`]: { condition: 'service_completed_successfully' } })
})

test('what is waited for as healthy has a health check', () => {
  const without = Object.values(containers)
    .flatMap(({ depends_on = {} }) => Object.entries(depends_on))
    .filter(([name, { condition }]) => condition === 'service_healthy' && !containers[name]?.healthcheck)
  expect(without).toEqual([])
})

test('only the edge is reached from outside, and it leads to every service', () => {
  const open = Object.entries(containers).filter(([, { ports, profiles }]) => ports && !profiles)
  expect(open.map(([name]) => name)).toEqual(['edge'])
  const edge = read('deploy/docker/Caddyfile')
  const development = read('deploy/docker/development.caddy')
  for (const service of services)
    expect(service.development ? development : edge).toContain(`reverse_proxy ${service.name}:${port} {`)
  expect(edge).toContain(docsPolicy)
})

/** What compose does with values that an override resets. */
const reset = { tag: '!reset', resolve: () => undefined }
const override = ['seq', 'map'].map((collection) => ({ tag: '!override', collection }) as CollectionTag)

test('in production every service gets what it needs, and those of development are left out', async () => {
  const production = parse(read('docker-compose.production.yml'), { customTags: [reset, ...override] }) as {
    services: Record<string, { environment?: Record<string, string>; profiles?: string[] }>
  }
  const given = {
    PUBLIC_URL: 'https://api.shop.example',
    OBJECTS_URL: 'https://objects.shop.example',
    SMTP_URL: 'smtps://mail.example',
    STRIPE_SECRET_KEY: `sk_live_${'x'.repeat(24)}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${'x'.repeat(32)}`,
  }
  for (const { name, development } of services) {
    for (const container of [name, `${name}-worker`]) {
      const { environment = {}, profiles } = production.services[container]!
      if (development) {
        expect([container, profiles]).toEqual([container, ['development']])
        continue
      }
      const merged = { ...containers[container]!.environment, ...environment }
      const variables = Object.entries(merged)
        .filter(([, value]) => value !== undefined)
        .map(([variable, value]) => [variable, filled(String(value), given)])
      expect([container, await checkEnvironment(name, Object.fromEntries(variables))]).toEqual([container, []])
    }
  }
  expect(production.services['edge']?.environment).toEqual({
    EDGE_SITE: expect.stringContaining('${PUBLIC_URL:?'),
    ...(storing.length > 0 && { OBJECTS_SITE: expect.stringContaining('${OBJECTS_URL:?') }),
  })
})

test('nothing of ours may write its own file system or has a privilege', () => {
  const loose = Object.entries(containers)
    .filter(([, { image }]) => image.startsWith('slipway/'))
    .filter(([, { read_only, cap_drop }]) => !read_only || cap_drop?.[0] !== 'ALL')
  expect(loose).toEqual([])
})
