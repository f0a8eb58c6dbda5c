/**
 * A body as log lines hold it: always an object, because an index takes one type for a field. What is none, such as a text
 * or a list, is its `content` (the name in the Elastic Common Schema). The logger takes the secrets out and bounds it.
 */
export function loggedBody(body: unknown): object | undefined {
  if (body === undefined || body === null) return undefined
  return typeof body === 'object' && isRecord(body) ? body : { content: body }
}

const isRecord = (body: object) =>
  !Array.isArray(body) && !ArrayBuffer.isView(body) && !(body instanceof Set) && !('toJSON' in body)
