import type { TokenPair } from '@slipway/contracts/sso'
import type { Api } from '@slipway/testing'
import type { Deps } from '../deps.ts'
import type { Role } from '../role/roles.ts'
import { registerUser, type User } from '../user/user.ts'

export const password = 'correct-horse-battery-staple'

interface Person {
  email?: string
  roles?: readonly Role[]
}

/** Somebody who is registered, without the cost of judging the password. */
export async function addUser(deps: Deps, { email = 'ann@example.com', roles = [] }: Person = {}): Promise<User> {
  const passwordHash = await deps.passwords.hash(password)
  const user = registerUser({ id: deps.newId(), email, passwordHash, roles, now: deps.clock.now() })
  await deps.transaction((tx) => tx.users.insert(user))
  return user
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
export const from = (address: string) => ({ 'x-forwarded-for': address })

export const tryLogIn = (
  api: Api,
  { email = 'ann@example.com', given = password, headers = {} as Record<string, string>, cookie = false } = {},
) => api.post('/sso/v1/sessions', { email, password: given, cookie }, headers)

/** The tokens of a new session, and the header for requests in it. */
export async function logIn(api: Api, email?: string, headers?: Record<string, string>) {
  const { status, json, text } = await tryLogIn(api, { email, headers })
  if (status !== 201) throw new Error(`Log-in failed: ${text}`)
  const { accessToken, refreshToken } = json as TokenPair
  return { accessToken, refreshToken: refreshToken!, headers: bearer(accessToken) }
}

/** Somebody registered and logged in. */
export async function arrive(api: Api, deps: Deps, person?: Person) {
  const user = await addUser(deps, person)
  return { user, ...(await logIn(api, user.email)) }
}
