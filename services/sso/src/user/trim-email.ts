import { normalizeEmail } from './user.ts'

/** People paste addresses with spaces around them; the schema judges what is left. */
export async function trimEmail({ body }: { body: unknown }) {
  if (typeof body !== 'object' || body === null || !('email' in body)) return
  if (typeof body.email === 'string') body.email = normalizeEmail(body.email)
}
