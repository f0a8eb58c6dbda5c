import { redact } from './redact.ts'

/**
 * A body as log lines hold it: without secrets, bounded, and always an object, because an index takes one type for a
 * field. What is none, such as a text or a list, is its `content` (the name in the Elastic Common Schema).
 */
export function loggedBody(body: unknown): object | undefined {
  if (body === undefined || body === null) return undefined
  const safe = redact(body)
  return typeof safe === 'object' && safe !== null && !Array.isArray(safe) ? safe : { content: safe }
}
