/** Authorization headers that are not `Bearer <token>` (RFC 6750 section 2.1), made from a token that would do. */
export const malformedHeaders = (token: string): Readonly<Record<string, string>> => ({
  'an empty header': '',
  'a scheme alone': 'Bearer',
  'a scheme and a blank': 'Bearer ',
  'a token without a scheme': token,
  'another scheme': `Basic ${Buffer.from('user:password').toString('base64')}`,
  'another scheme before a right token': `Token ${token}`,
  'two tokens': `Bearer ${token} ${token}`,
  'two headers in one': `Bearer ${token}, Bearer ${token}`,
  'two blanks': `Bearer  ${token}`,
  'a tab': `Bearer\t${token}`,
  'a quoted token': `Bearer "${token}"`,
  'a token and an end of line': `Bearer ${token}\n`,
  'characters that no token has': 'Bearer {"sub":"me"}',
  'letters beyond ASCII': 'Bearer жетон',
})

/** What has the form of a token and is none. */
export const garbageTokens: readonly string[] = [
  'garbage',
  'a.b.c',
  '..',
  'e30.e30.e30',
  'null',
  'undefined',
  '0'.repeat(500),
]

/** Longer than any token that is looked at. */
export const tooLongToken = 'a'.repeat(8_193)
