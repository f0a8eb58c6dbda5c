import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'

const Jwk = Type.Object(
  { kty: Type.String(), kid: Type.String(), alg: Type.String(), use: Type.String() },
  { additionalProperties: true },
)
const schema = {
  summary: 'Public keys of our tokens (RFC 7517)',
  tags: ['tokens'],
  response: { 200: Type.Object({ keys: Type.Array(Jwk) }) },
}

export const jwksRoute: Route<Pick<Deps, 'signingKeys'>> = async (app, { deps }) => {
  app.get('/.well-known/jwks.json', { schema, config: { access: anyone() } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300')
    return deps.signingKeys.jwks()
  })
}
