import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  accessTokenType,
  EmailVerificationRequested,
  PasswordResetRequested,
  tokenExchangeGrant,
} from '@slipway/contracts/sso'
import type { Answer, Api, Events } from '@slipway/testing'
import { expect, vi } from 'vitest'
import { clientCommand } from '../client/client.command.ts'
import { askToken, basic, introspect, revoke } from '../testing/oauth.ts'
import { bearer } from '../testing/people.ts'
import type { Deps } from '../deps.ts'
import { clientSecrets, ssoTest } from '../testing/test.ts'

const folder = mkdtempSync(join(tmpdir(), 'sso-traces-'))
const test = ssoTest({ TRACE_DIR: folder })

const email = 'ann@example.com'
const passwords = { first: 'canary-Kettle-1-violet', second: 'canary-Kettle-2-orbit', third: 'canary-Kettle-3-raft' }
const wrong = 'canary-Kettle-4-wrong'

/** Requests whose refusals are kept: what they say must be harmless too. */
function listening(api: Api) {
  const refusals: string[] = []
  const keep = async (answer: Promise<Answer>) => {
    const { status, text } = await answer
    if (status >= 400) refusals.push(text)
    return answer
  }
  return { keep, refusals, post: (path: string, body: object, headers = {}) => keep(api.post(path, body, headers)) }
}

const tokenOf = async (events: Events, type: typeof PasswordResetRequested) =>
  (await events.emitted(type)).at(-1)!.data.token

/** All that the service has written, but for the outbox: bytes are shown as text and as hexadecimals. */
async function stored({ database: { sql } }: Deps) {
  const { rows: tables } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'messaging') AND tablename <> 'outbox'`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql.query<{ text: string }>(
      `SELECT coalesce(json_agg(t), '[]')::text AS text FROM ${name} t`,
    )
    texts.push(rows[0]!.text)
  }
  return texts.join('\n')
}

const spans = () =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('')

test('no password, token or secret is where it need not be', async ({ api, deps, events, logs }) => {
  const { keep, refusals, post } = listening(api)
  const secrets: Record<string, string> = { ...passwords, wrong, ...clientSecrets }
  const v1 = '/sso/v1'

  await post(`${v1}/users`, { email, password: passwords.first, name: 'Ann' })
  await post(`${v1}/users`, { email, password: wrong })
  await post(`${v1}/users`, { email: 'no address', password: wrong })
  await post(`${v1}/users`, { email, password: wrong, unknown: 'x' })
  await post(`${v1}/email-verifications`, { email })
  secrets['verification'] = await tokenOf(events, EmailVerificationRequested)
  await post(`${v1}/email-verifications/confirm`, { token: secrets['verification'] })

  await post(`${v1}/sessions`, { email, password: wrong })
  const { json: pair } = await post(`${v1}/sessions`, { email, password: passwords.first })
  Object.assign(secrets, { access: pair.accessToken, refresh: pair.refreshToken })
  const { headers } = await post(`${v1}/sessions`, { email, password: passwords.first, cookie: true })
  secrets['cookie'] = /=([^;]+)/.exec(String(headers['set-cookie']))![1]!
  await post(`${v1}/sessions/refresh`, {}, { cookie: `slipway_refresh=${secrets['cookie']}` })
  const { json: next } = await post(`${v1}/sessions/refresh`, { refreshToken: secrets['refresh'] })
  Object.assign(secrets, { nextAccess: next.accessToken, nextRefresh: next.refreshToken })
  await keep(api.get(`${v1}/me`, bearer(secrets['access']!)))
  await keep(api.get(`${v1}/me`, bearer(`${secrets['access']}x`)))

  const changes = { currentPassword: passwords.first, newPassword: passwords.second }
  await post(`${v1}/me/password`, { ...changes, currentPassword: wrong }, bearer(secrets['access']!))
  await post(`${v1}/me/password`, changes, bearer(secrets['access']!))
  await post(`${v1}/password-resets`, { email })
  secrets['reset'] = await tokenOf(events, PasswordResetRequested)
  await post(`${v1}/password-resets/confirm`, { token: wrong, password: passwords.third })
  await post(`${v1}/password-resets/confirm`, { token: secrets['reset'], password: passwords.third })

  const client = basic('acquiring', clientSecrets.acquiring)
  const [, made] = await clientCommand(deps)(['create', 'reporting'])
  secrets['made'] = made!.replace('client_secret=', '')
  secrets['basic'] = client.authorization.replace('Basic ', '')
  await keep(
    askToken(api, { grant_type: 'client_credentials', client_id: 'reporting', client_secret: secrets['made'] }),
  )
  await keep(askToken(api, { grant_type: 'client_credentials' }, basic('cart', wrong)))
  const { json: service } = await keep(askToken(api, { grant_type: 'client_credentials' }, client))
  secrets['service'] = service.access_token
  const subject = { subject_token: secrets['access']!, subject_token_type: accessTokenType }
  const exchange = { grant_type: tokenExchangeGrant, ...subject, audience: 'cart' }
  const { json: delegated } = await keep(askToken(api, exchange, client))
  secrets['delegated'] = delegated.access_token
  await keep(askToken(api, { ...exchange, audience: 'nobody' }, client))
  await keep(askToken(api, { grant_type: 'refresh_token', refresh_token: secrets['refresh']! }))
  for (const token of [secrets['access']!, secrets['nextRefresh']!]) await keep(introspect(api, { token }, client))
  await keep(revoke(api, { token: secrets['service']! }))
  await keep(revoke(api, { token: secrets['nextRefresh']! }))

  vi.spyOn(deps.passwords, 'verify').mockRejectedValueOnce(new Error('nobody expects this'))
  expect(await post(`${v1}/sessions`, { email, password: passwords.third })).toMatchObject({ status: 500 })

  await vi.waitFor(() => expect(spans()).toContain('POST /sso/oauth2/revoke'), { timeout: 30_000 })
  const outbox = JSON.stringify(await events.emitted())
  const places = { logs: logs.text, spans: spans(), refusals: refusals.join('\n'), tables: await stored(deps), outbox }
  expect(refusals.length, 'requests are refused').toBeGreaterThan(10)
  expect(logs.text).toContain('nobody expects this')
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(16)
    for (const [place, text] of Object.entries(places)) {
      // a link is sent by event: that is the one place for its token
      if (place === 'outbox' && ['verification', 'reset'].includes(name)) continue
      for (const form of [secret, Buffer.from(secret).toString('hex')])
        expect(text.includes(form), `${name} in ${place}`).toBe(false)
    }
  }
})
