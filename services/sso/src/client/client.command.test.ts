import { WrongCommand } from '@slipway/service-kit'
import { accessTokenType, tokenExchangeGrant } from '@slipway/contracts/sso'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { sso } from '../app.ts'
import { askToken, basic, introspect } from '../testing/oauth.ts'
import { arrive } from '../testing/people.ts'
import { clientSecrets, test } from '../testing/test.ts'
import type { Deps } from '../deps.ts'
import { clientCommand } from './client.command.ts'
import { ClientNotFound, ClientTaken, declaredClients } from './clients.ts'
import { settleClients } from './settle-clients.ts'

const run = (deps: Deps, line: string) => clientCommand(deps)(line.split(' '))

/** Runs a command that prints a secret. */
async function secretOf(deps: Deps, line: string) {
  const [, secret] = await run(deps, line)
  return secret!.replace('client_secret=', '')
}

const askAs = (api: Parameters<typeof askToken>[0], id: string, secret: string) =>
  askToken(api, { grant_type: 'client_credentials' }, basic(id, secret))

test('a client that was made gets tokens with what it was given', async ({ api, deps }) => {
  const secret = await secretOf(deps, 'create reporting --permission payments:read --permission carts:read')

  const { json } = await askAs(api, 'reporting', secret)

  expect(decodeJwt(json.access_token)).toMatchObject({
    sub: 'reporting',
    client_id: 'reporting',
    token_use: 'service',
    scope: 'payments:read carts:read',
  })
  const [event] = await deps.audit.list({ action: 'client.created', limit: 1 })
  const details = { audiences: [], permissions: ['payments:read', 'carts:read'] }
  expect(event).toMatchObject({ actor: null, subject: 'reporting', details })
})

test('it exchanges tokens for its audiences only, and others are not told of them', async ({ api, deps }) => {
  const reporting = basic('reporting', await secretOf(deps, 'create reporting --audience cart'))
  const stranger = basic('stranger', await secretOf(deps, 'create stranger'))
  const { accessToken } = await arrive(api, deps)
  const exchange = (audience: string) =>
    askToken(
      api,
      {
        grant_type: tokenExchangeGrant,
        subject_token: accessToken,
        subject_token_type: accessTokenType,
        audience,
      },
      reporting,
    )

  const { json } = await exchange('cart')
  expect(decodeJwt(json.access_token)).toMatchObject({ aud: 'cart', act: { sub: 'reporting' } })
  expect(await exchange('acquiring')).toMatchObject({ status: 400, json: { error: 'invalid_target' } })
  expect((await introspect(api, { token: json.access_token }, stranger)).json).toEqual({ active: false })
})

test('a secret that was rotated goes on until the next time, or ends at once', async ({ api, deps, clock }) => {
  const secrets = [await secretOf(deps, 'create reporting')]
  const rotate = async (more = '') => {
    clock.advance(1_000)
    secrets.unshift(await secretOf(deps, `rotate reporting${more}`))
  }
  const accepted = () =>
    Promise.all(secrets.map(async (secret) => (await askAs(api, 'reporting', secret)).status === 200))

  await rotate()
  expect(await accepted()).toEqual([true, true])
  await rotate()
  expect(await accepted()).toEqual([true, true, false])
  await rotate(' --drop-old')
  expect(await accepted()).toEqual([true, false, false, false])
})

test('a service of the platform may have secrets besides its settings, which the next start leaves alone', async ({
  api,
  deps,
}) => {
  const secret = await secretOf(deps, 'rotate cart')
  await settleClients({ ...deps, settings: { ...deps.settings, SERVICE_CLIENTS: '' } })

  expect(await askAs(api, 'cart', secret)).toMatchObject({ status: 200 })
  expect(await askAs(api, 'cart', clientSecrets.cart)).toMatchObject({ status: 401 })
})

test('the list shows who may do what, and no secret', async ({ deps, clock }) => {
  const secret = await secretOf(deps, 'create reporting --audience cart --permission carts:read')

  const at = clock.now().toISOString()
  const lines = await run(deps, 'list')
  const declared = declaredClients.map(({ id, audiences }) => [
    `${id}  audiences: ${audiences.join(', ')}  permissions: -`,
    `  secret of ${at}, from SERVICE_CLIENTS`,
  ])
  const made = ['reporting  audiences: cart  permissions: carts:read', `  secret of ${at}`]
  expect(lines).toEqual([...declared, made].sort().flat())
  expect(lines).toContain('acquiring  audiences: cart  permissions: -')
  const rows = await deps.database.prisma.clientSecret.findMany()
  expect(rows.map(({ hash }) => Buffer.from(hash).toString())).not.toContain(secret)
})

test('what makes no sense is said', async ({ deps }) => {
  await expect(run(deps, 'create acquiring')).rejects.toThrow(ClientTaken)
  await expect(run(deps, 'rotate nobody')).rejects.toThrow(ClientNotFound)
  await expect(run(deps, 'create slipway')).rejects.toThrow('slipway is the client of people')
  await expect(run(deps, 'create Ill:named --permission carts:burn --audience a/b')).rejects.toThrow(
    'Ill:named is not a name\na/b is not a name\nthere is no permission carts:burn',
  )
  for (const line of ['', 'create', 'remove cart', 'list all', 'rotate cart acquiring', 'list --all'])
    await expect(run(deps, line), line).rejects.toThrow(/client create <id>/)
})

test.fresh('it is a command of the service, with its settings and nothing else', async ({ deps }) => {
  const required = Object.entries(deps.settings).filter(
    ([name, value]) => typeof value === 'string' && /_URL$|^TOKEN_ISSUER$|^SIGNING_KEY_SECRET$/.test(name),
  )
  const environment = Object.fromEntries(required) as Record<string, string>
  const command = (...args: string[]) => sso.command(environment, args)

  expect(await command('client', 'create', 'reporting')).toEqual([
    'client_id=reporting',
    expect.stringMatching(/^client_secret=[\w-]{43}$/),
  ])
  expect(await deps.clients.find('reporting')).toMatchObject({ id: 'reporting' })
  await expect(command('clients')).rejects.toThrow(
    new WrongCommand('there is no command clients, only migrate, client, key, user'),
  )
})
