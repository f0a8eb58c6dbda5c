const mask = '[Redacted]'
const cut = '[Truncated]'
const maxDepth = 8
const maxItems = 100
const maxString = 8_192
const maxSize = 65_536

const exact = new Set(['card', 'cardnumber', 'pan', 'cvc', 'cvv', 'cvv2', 'pin', 'otp', 'auth', 'xapikey', 'setcookie'])
const telling =
  /password|passphrase|passwd|secret|privatekey|(?:token|authorization|cookie|apikey|credentials?|assertion)$/
const verdicts = new Map<string, boolean>()

/** Key names repeat: each is judged once. The bounds keep names that callers invent from growing the map. */
function isSecret(key: string): boolean {
  const known = verdicts.get(key)
  if (known !== undefined) return known
  const plain = key.replace(/[-_.\s]/g, '').toLowerCase()
  const verdict = exact.has(plain) || telling.test(plain)
  if (verdicts.size < 5_000 && key.length <= 100) verdicts.set(key, verdict)
  return verdict
}

/** What may still be written, in characters; a value costs one. */
interface Budget {
  left: number
}

/**
 * The value with secrets masked by the name of their key, at any depth, and bounded: 8 levels, 100 items of an array,
 * 8 KiB of a string, 64 KiB in all. Returns the very same value when there is nothing to change.
 */
export function redact(value: unknown): unknown {
  return visit(value, 0, { left: maxSize })
}

function visit(value: unknown, depth: number, budget: Budget): unknown {
  if (--budget.left < 0) return cut
  if (typeof value === 'string') return shorten(value, budget)
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
  if (depth >= maxDepth) return cut
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return visitArray(value, depth, budget)
  if (value instanceof Error) return visit({ type: value.name, message: value.message }, depth, budget)
  if (value instanceof Map) return visit(Object.fromEntries(value), depth, budget)
  if (value instanceof Set) return visitArray([...value], depth, budget)
  if ('toJSON' in value && typeof value.toJSON === 'function') return visit(value.toJSON(), depth + 1, budget)
  return visitObject(value as Record<string, unknown>, depth, budget)
}

function shorten(text: string, budget: Budget): string {
  budget.left -= Math.min(text.length, maxString)
  return text.length > maxString ? `${text.slice(0, maxString)}…[${text.length} characters]` : text
}

function visitArray(items: readonly unknown[], depth: number, budget: Budget): unknown {
  let copy: unknown[] | undefined
  const length = Math.min(items.length, maxItems)
  for (let index = 0; index < length; index++) {
    if (budget.left <= 0) return [...(copy ?? items).slice(0, index), `…[${items.length} items]`]
    const after = visit(items[index], depth + 1, budget)
    if (after !== items[index]) (copy ??= items.slice(0, length))[index] = after
  }
  return items.length > maxItems ? [...(copy ?? items).slice(0, length), `…[${items.length} items]`] : (copy ?? items)
}

function visitObject(object: Record<string, unknown>, depth: number, budget: Budget): unknown {
  let copy: Record<string, unknown> | undefined
  const keys = Object.keys(object)
  for (const [index, key] of keys.entries()) {
    budget.left -= key.length
    if (budget.left <= 0) return { ...pick(copy ?? object, keys.slice(0, index)), '…': `[${keys.length} keys]` }
    const before = object[key]
    const after = isSecret(key) ? hide(before) : visit(before, depth + 1, budget)
    if (after !== before) (copy ??= { ...object })[key] = after
  }
  return copy ?? object
}

const pick = (object: Record<string, unknown>, keys: string[]) =>
  Object.fromEntries(keys.map((key) => [key, object[key]]))

/** Whether a secret was given at all may be seen; so may a flag such as `cookie: true`. */
const hide = (value: unknown) => (value === undefined || value === null || typeof value === 'boolean' ? value : mask)
