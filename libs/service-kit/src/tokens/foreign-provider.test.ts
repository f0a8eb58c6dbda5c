import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readSettings } from '@slipway/config'
import { createObservability, observabilityVariables } from '@slipway/observability'
import { S2SClient, ServiceTokens, UpstreamUnauthorized } from '@slipway/s2s'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { Type } from 'typebox'
import { expect, onTestFinished, test, vi } from 'vitest'
import { service, user } from '../access/access.ts'
import { testApp } from '../testing/test-app.ts'
import { claimNames } from './claim-names.ts'
import { publishedKeys } from './published-keys.ts'
import { createVerifier } from './verifier.ts'

const secret = randomBytes(16).toString('hex')
const signingKey = async (kid: string) => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }
}

/** An identity provider that nobody here wrote: https://github.com/panva/node-oidc-provider. */
async function foreignProvider() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'acquiring',
        client_secret: secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [await signingKey('theirs')] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    scopes: ['carts:read'],
    extraTokenClaims: () => ({ realm_access: { roles: ['machine'] } }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:slipway',
        getResourceServerInfo: () => ({
          scope: 'carts:read',
          audience: 'slipway',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  })
  const asked: string[] = []
  const answer = provider.callback()
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    void answer(request, response)
  })
  return { issuer, asked, metadataUrl: `${issuer}/.well-known/openid-configuration` }
}

class CartClient extends S2SClient {
  who = () => this.get('/v1/who', { response: Type.Unknown() })
  person = () => this.get('/v1/person', { response: Type.Unknown() })
}

async function platform(options: { clientSecret?: string; issuer?: string } = {}) {
  const provider = await foreignProvider()
  const lines: string[] = []
  const observability = createObservability({
    service: 'acquiring',
    version: '1.0.0',
    settings: readSettings(Type.Object(observabilityVariables), {}),
    destination: { write: (line) => void lines.push(line) },
  })
  const { app } = await testApp(
    (routes) => {
      const read = service({ permissions: ['carts:read'] })
      routes.get('/v1/who', { config: { access: read } }, ({ caller }) => {
        const { token: _, permissions, ...shown } = caller
        return { ...shown, permissions: [...permissions] }
      })
      routes.get('/v1/person', { config: { access: user() } }, () => ({}))
    },
    {
      verify: createVerifier({
        keys: publishedKeys(
          {
            SSO_URL: 'http://nobody.invalid',
            SSO_METADATA_URL: provider.metadataUrl,
            TOKEN_ISSUER: options.issuer ?? provider.issuer,
          },
          observability,
        ),
        claims: claimNames('roles=realm_access.roles use='),
        issuer: options.issuer ?? provider.issuer,
        audience: 'shop',
        clockToleranceSeconds: 5,
      }),
    },
  )
  onTestFinished(() => app.close())
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const tokens = new ServiceTokens({
    observability,
    ssoUrl: 'http://nobody.invalid',
    metadataUrl: provider.metadataUrl,
    clientId: 'acquiring',
    clientSecret: options.clientSecret ?? secret,
    scope: 'carts:read',
  })
  const client = new CartClient({ name: 'shop', baseUrl: `${address}/shop`, observability, tokens })
  onTestFinished(async () => {
    await Promise.all([client.close(), tokens.close()])
  })
  return { ...provider, client, lines }
}

test('client, verifier and access work with a provider found by its metadata', async () => {
  const { client, asked, lines } = await platform()
  const answers = await Promise.all([client.who(), client.who(), client.who()])
  expect(answers).toEqual(
    Array.from({ length: 3 }, () => ({
      id: 'acquiring',
      clientId: 'acquiring',
      kind: 'service',
      roles: ['machine'],
      permissions: ['carts:read'],
    })),
  )
  expect(asked.toSorted()).toEqual([
    'GET /.well-known/openid-configuration',
    'GET /.well-known/openid-configuration',
    'GET /jwks',
    'POST /token',
  ])
  expect(lines.join('')).not.toMatch(new RegExp(`${secret}|eyJ`))
})

test('a token of a service is none of a user', async () => {
  const { client } = await platform()
  await expect(client.person()).rejects.toMatchObject({ status: 403 })
})

test('a wrong secret is a 502 that wakes a person', async () => {
  const { client, lines } = await platform({ clientSecret: 'wrong' })
  await expect(client.who()).rejects.toThrow(UpstreamUnauthorized)
  expect(lines.join('')).toContain('SSO refuses a token to this service')
})

test('metadata of another issuer than ours are not trusted', async () => {
  const { client } = await platform({ issuer: 'http://ours.test' })
  await expect(client.who()).rejects.toMatchObject({ status: 503, extensions: { upstreamCode: 'KEYS_UNAVAILABLE' } })
})

test('the secret does not go to another host than the metadata come from', async () => {
  const other = vi.fn()
  const elsewhere = createServer((_request, response) => void response.end(String(other()))).listen(0, '127.0.0.1')
  const liar = createServer((_request, response) => {
    const { port } = elsewhere.address() as AddressInfo
    const at = `http://127.0.0.1:${port}`
    response.end(JSON.stringify({ issuer: at, token_endpoint: `${at}/token`, jwks_uri: `${at}/jwks` }))
  }).listen(0, '127.0.0.1')
  await Promise.all([once(liar, 'listening'), once(elsewhere, 'listening')])
  onTestFinished(() => void [liar, elsewhere].forEach((server) => server.close()))
  const observability = createObservability({
    service: 'acquiring',
    version: '1.0.0',
    settings: readSettings(Type.Object(observabilityVariables), {}),
    destination: { write: () => {} },
  })
  const metadataUrl = `http://127.0.0.1:${(liar.address() as AddressInfo).port}/metadata`
  const tokens = new ServiceTokens({
    observability,
    ssoUrl: 'http://x',
    metadataUrl,
    clientId: 'a',
    clientSecret: secret,
  })
  await expect(tokens.service()).rejects.toMatchObject({ status: 502 })
  expect(other).not.toHaveBeenCalled()
  await tokens.close()
})

test.each([
  ['', { client: 'client_id', permissions: 'scope', roles: 'roles', session: 'sid', use: 'token_use' }],
  [
    'client=azp permissions=perms roles=realm_access.roles session=s use=',
    { client: 'azp', permissions: 'perms', roles: 'realm_access.roles', session: 's', use: '' },
  ],
])('the setting %j names claims', (setting, names) => expect(claimNames(setting)).toEqual(names))
