import { systemClock, type Clock } from '@slipway/service-kit'
import { SignJWT, type JWTPayload } from 'jose'
import { uuidv7 } from 'uuidv7'
import { issuer, kid, testKeys } from './keys.ts'

/** Who calls in a test: claims that differ from the usual ones. */
export interface TestCaller {
  readonly id: string
  readonly claims: JWTPayload
}

/** Makes a token of the caller, issued now by the clock of the service that it is for. */
export type MakeToken = (caller: TestCaller, clock: Clock) => Promise<string>

interface UserOptions {
  id?: string
  roles?: readonly string[]
  permissions?: readonly string[]
}

export const user = ({ id = uuidv7(), roles = ['user'], permissions = [] }: UserOptions = {}): TestCaller => ({
  id,
  claims: {
    sub: id,
    client_id: 'web',
    aud: 'slipway',
    sid: uuidv7(),
    token_use: 'user',
    roles,
    scope: permissions.join(' '),
  },
})

export const service = (name: string, { permissions = [] }: { permissions?: readonly string[] } = {}): TestCaller => ({
  id: name,
  claims: { sub: name, client_id: name, aud: 'slipway', token_use: 'service', scope: permissions.join(' ') },
})

interface DelegatedOptions extends UserOptions {
  /** The service that acts for the user. */
  actor: string
  /** The service that is called. */
  audience: string
}

export const delegated = ({ actor, audience, ...options }: DelegatedOptions): TestCaller => {
  const { id, claims } = user(options)
  return { id, claims: { ...claims, client_id: actor, aud: audience, act: { sub: actor }, token_use: 'delegated' } }
}

/** A signed RFC 9068 access token of the caller, good for 15 minutes. */
export async function tokenOf(caller: TestCaller, clock: Clock = systemClock): Promise<string> {
  const { privateKey } = await testKeys()
  return new SignJWT(payloadOf(caller, clock)).setProtectedHeader(usualHeader).sign(privateKey)
}

export const usualHeader = { alg: 'EdDSA', kid, typ: 'at+jwt' }

export function payloadOf({ claims }: TestCaller, clock: Clock) {
  const iat = inSeconds(clock)
  return { iss: issuer, iat, exp: iat + 900, jti: uuidv7(), ...claims }
}

export const inSeconds = (clock: Clock) => Math.floor(clock.now().getTime() / 1_000)
