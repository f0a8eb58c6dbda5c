import { platformAudience } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Deps } from '../deps.ts'
import { InvalidRequest } from './oauth-errors.ts'
import { readOwnToken } from './own-token.ts'

const Subject = Type.Object({
  sub: Type.String(),
  sid: Type.String(),
  aud: Type.Literal(platformAudience),
  roles: Type.Array(Type.String()),
  scope: Type.String(),
  exp: Type.Integer(),
  token_use: Type.Literal('user'),
})
type Subject = Static<typeof Subject>
const subject = Compile(Subject)

/** A user’s own token of ours, still good. @throws InvalidRequest (RFC 8693 section 2.2.2) for anything else */
export async function readSubject(
  token: string,
  deps: Pick<Deps, 'signingKeys' | 'clock' | 'settings'>,
): Promise<Subject> {
  const payload = await readOwnToken(token, deps)
  if (!subject.Check(payload)) throw new InvalidRequest('subject_token is not a valid access token of a user')
  return payload
}
