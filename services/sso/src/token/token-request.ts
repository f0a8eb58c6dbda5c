import { Type, type Static } from 'typebox'

const Text = Type.String({ maxLength: 8_192 })

/** The form of RFC 6749 and RFC 8693; fields that nobody knows are ignored, a field given twice is not a string. */
export const TokenRequest = Type.Object({
  grant_type: Text,
  client_id: Type.Optional(Text),
  client_secret: Type.Optional(Text),
  scope: Type.Optional(Text),
  refresh_token: Type.Optional(Text),
  audience: Type.Optional(Text),
  resource: Type.Optional(Text),
  subject_token: Type.Optional(Text),
  subject_token_type: Type.Optional(Text),
  requested_token_type: Type.Optional(Text),
  actor_token: Type.Optional(Text),
})
export type TokenRequest = Static<typeof TokenRequest>

/** The form of RFC 7662 and RFC 7009. The hint is not needed: our kinds of token are told apart by how they look. */
export const TokenForm = Type.Object({
  token: Text,
  token_type_hint: Type.Optional(Text),
  client_id: Type.Optional(Text),
  client_secret: Type.Optional(Text),
})
