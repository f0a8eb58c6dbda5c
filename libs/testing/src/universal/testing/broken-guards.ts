import type { Access, App } from '@slipway/service-kit'
import { Forbidden, InvalidToken, Unauthenticated } from '@slipway/service-kit'
import type { FastifyRequest, RouteOptions } from 'fastify'
import { decodeJwt, jwtVerify, type CryptoKey, type JWTPayload, type JWTVerifyOptions } from 'jose'
import { testKeys } from '../../tokens/keys.ts'

type Check = (request: FastifyRequest, access: Access | undefined) => Promise<void>

/** Replaces the kit’s own guard of the routes that follow by another, as a service might that thinks it knows better. */
export function guardBy(app: App, check: Check) {
  app.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access
    route.onRequest = (request: FastifyRequest) => check(request, access)
  })
}

/** Verifies a token, but only as far as `options` say. */
export async function verified({ headers }: FastifyRequest, options: JWTVerifyOptions = {}): Promise<JWTPayload> {
  if (headers.authorization === undefined) throw new Unauthenticated()
  return verifiedToken(headers.authorization.replace('Bearer ', ''), options)
}

/** @param key the only one, whatever the token names; those of its name unless given */
export async function verifiedToken(token: string, options: JWTVerifyOptions = {}, key?: CryptoKey) {
  const { keys } = await testKeys()
  const { payload } = await jwtVerify(token, key ? async () => key : keys, options).catch(() => {
    throw new InvalidToken()
  })
  return payload
}

/** Believes what a token says, whoever signed it. */
export function believed({ headers }: FastifyRequest): JWTPayload {
  try {
    return decodeJwt(String(headers.authorization).replace('Bearer ', ''))
  } catch {
    throw new InvalidToken()
  }
}

/** Only the kind of token is asked for, not what it may do. */
export function mustBeOf({ token_use: kind }: JWTPayload, access: Access | undefined) {
  const kinds: unknown[] = access?.kind === 'callers' ? access.allowed.map(({ caller }) => caller) : []
  if (!kinds.includes(kind)) throw new Forbidden()
}
