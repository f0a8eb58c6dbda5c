const mask = '[Redacted]'
const maxDepth = 8
const maxNodes = 2_000
const maxItems = 100
const maxString = 8_192

const exact = new Set(['card', 'cardnumber', 'pan', 'cvc', 'cvv', 'cvv2', 'pin', 'otp', 'auth', 'xapikey', 'setcookie'])
const telling =
  /password|passphrase|passwd|secret|privatekey|(?:token|authorization|cookie|apikey|credentials?|assertion)$/
const verdicts = new Map<string, boolean>()

/** Key names repeat: each is judged once. The bound keeps names that callers invent from growing the map. */
function isSecret(key: string): boolean {
  const known = verdicts.get(key)
  if (known !== undefined) return known
  const plain = key.replace(/[-_.\s]/g, '').toLowerCase()
  const verdict = exact.has(plain) || telling.test(plain)
  if (verdicts.size < 5_000) verdicts.set(key, verdict)
  return verdict
}

interface Budget {
  nodes: number
}

/**
 * The value with secrets masked by the name of their key, at any depth, and bounded: 8 levels, 2,000 values, 100 items
 * of an array, 8 KiB of a string. Returns the very same value when there is nothing to change.
 */
export function redact(value: unknown): unknown {
  return visit(value, 0, { nodes: maxNodes })
}

function visit(value: unknown, depth: number, budget: Budget): unknown {
  if (typeof value === 'string')
    return value.length > maxString ? `${value.slice(0, maxString)}…[${value.length} characters]` : value
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
  if (depth >= maxDepth || --budget.nodes < 0) return '[Truncated]'
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return visitArray(value, depth, budget)
  if (value instanceof Error) return { type: value.name, message: value.message }
  if (value instanceof Map) return visit(Object.fromEntries(value), depth, budget)
  if (value instanceof Set) return visitArray([...value], depth, budget)
  if ('toJSON' in value && typeof value.toJSON === 'function') return visit(value.toJSON(), depth + 1, budget)
  return visitObject(value as Record<string, unknown>, depth, budget)
}

function visitArray(items: readonly unknown[], depth: number, budget: Budget): unknown {
  let copy: unknown[] | undefined = items.length > maxItems ? items.slice(0, maxItems) : undefined
  const length = Math.min(items.length, maxItems)
  for (let index = 0; index < length; index++) {
    const after = visit(items[index], depth + 1, budget)
    if (after !== items[index]) (copy ??= items.slice())[index] = after
  }
  if (items.length > maxItems) copy?.push(`…[${items.length} items]`)
  return copy ?? items
}

function visitObject(object: Record<string, unknown>, depth: number, budget: Budget): unknown {
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(object)) {
    const before = object[key]
    const after = isSecret(key) ? hide(before) : visit(before, depth + 1, budget)
    if (after !== before) (copy ??= { ...object })[key] = after
  }
  return copy ?? object
}

/** Whether a secret was given at all may be seen; so may a flag such as `cookie: true`. */
const hide = (value: unknown) => (value === undefined || value === null || typeof value === 'boolean' ? value : mask)
