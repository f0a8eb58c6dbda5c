import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../platform/find-platform.ts'

interface Where {
  baseUrl: string
  /** Of the platform: the passwords of its seeded users are there. */
  dataDir: string
}

const domain = 'slipway.example'
const seeded: Record<string, [email: string, secret: string]> = {
  admin: [`admin@${domain}`, 'ADMIN_PASSWORD'],
  user: [`shopper@${domain}`, 'SHOPPER_PASSWORD'],
}

/** Logs in as the seeded user of the role; for another role as one that is made now and given it. @throws Refusal */
export async function tokenFor(role: string, { baseUrl, dataDir }: Where): Promise<string> {
  const secrets = secretsOf(dataDir)
  const [email, secret] = seeded[role] ?? [`${role}@${domain}`, 'SHOPPER_PASSWORD']
  const password = secrets[secret]
  if (!password) throw new Refusal(`${dataDir} knows no ${secret}: it is no platform of development`)
  const sso = `${baseUrl.replace(/\/$/, '')}/sso`
  if (!seeded[role]) await give(role, { sso, email, password, admin: await tokenFor('admin', { baseUrl, dataDir }) })
  const { status, json } = await send(`${sso}/v1/sessions`, 'POST', { email, password })
  if (status !== 201) throw new Refusal(`${email} cannot log in: ${json['detail'] ?? status}`)
  return String(json['accessToken'])
}

async function give(role: string, at: { sso: string; email: string; password: string; admin: string }) {
  const { sso, email, password, admin } = at
  const made = await send(`${sso}/v1/users`, 'POST', { email, password })
  if (made.status !== 201 && made.status !== 409)
    throw new Refusal(`${email} cannot be made: ${made.json['detail'] ?? made.status}`)
  const found = await send(`${sso}/v1/users?email=${encodeURIComponent(email)}`, 'GET', undefined, admin)
  const [user] = (found.json['items'] ?? []) as { id: string }[]
  if (!user) throw new Refusal(`${email} is not found`)
  const given = await send(`${sso}/v1/users/${user.id}/roles`, 'PUT', { roles: [role] }, admin)
  if (given.status >= 300) throw new Refusal(String(given.json['detail'] ?? given.status))
}

async function send(url: string, method: string, body?: object, token?: string) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, json: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown> }
}

function secretsOf(dataDir: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>
  } catch {
    throw new Refusal(`No platform has run on ${dataDir}: start it with npm start, or say --data-dir`)
  }
}

/** fetch says no more than that it failed. */
export const isUnreachable = (error: unknown) => error instanceof TypeError && error.message === 'fetch failed'
