/** A JSON Schema as TypeBox writes it. */
export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly [keyword: string]: unknown
}

/** Say nothing about which values fit. */
const annotations = new Set(['$id', 'title', 'description', 'default', 'examples', 'deprecated'])
/** Compared by themselves. Readers take fields that they do not know, so `additionalProperties` is no promise. */
const structure = new Set(['properties', 'required', 'items', 'anyOf', 'enum', 'const', 'type', 'additionalProperties'])

/**
 * Why events and their readers of before and after would not understand each other, with the place; nothing when they
 * do. Both directions count: readers of before get events of after while services are deployed one by one, and readers
 * of after find events of before in queues, outboxes and dead letters. So a type may gain an optional field, and
 * nothing else.
 */
export function breaks(before: Schema, after: Schema, path = ''): string[] {
  const at = path ? ` ${path}` : ''
  if (kindOf(before) !== kindOf(after)) return [`${at}: was ${kindOf(before)} and is ${kindOf(after)}.`]
  return [
    ...valuesBreak(before, after, at),
    ...fieldsBreak(before, after, path),
    ...(before.items && after.items ? breaks(before.items, after.items, `${path}/*`) : []),
    ...constraintsBreak(before, after, at),
  ]
}

function fieldsBreak(before: Schema, after: Schema, path: string): string[] {
  const { properties: old = {}, required: oldRequired = [] } = before
  const { properties: now = {}, required: nowRequired = [] } = after
  const changed = Object.entries(old).flatMap(([name, schema]) => {
    const place = `${path}/${name}`
    const fresh = now[name]
    if (!fresh) return [` ${place}: the field is gone; consumers that read it find nothing.`]
    const [was, is] = [oldRequired.includes(name), nowRequired.includes(name)]
    return [
      ...(was && !is
        ? [` ${place}: was required and is optional; consumers that rely on it give events without it up.`]
        : []),
      ...(!was && is ? [` ${place}: was optional and is required; events without it are still on their way.`] : []),
      ...breaks(schema, fresh, place),
    ]
  })
  const added = Object.keys(now).filter((name) => !(name in old) && nowRequired.includes(name))
  return [
    ...changed,
    ...added.map((name) => ` ${path}/${name}: is new and required; events without it are still on their way.`),
  ]
}

/** Members of unions, enums and constants. */
function valuesBreak(before: Schema, after: Schema, at: string): string[] {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  const lost = old.filter((value) => !now.includes(value))
  const gained = now.filter((value) => !old.includes(value))
  return [
    ...(gained.length > 0 ? [`${at}: may be ${gained.join(', ')} now, which consumers do not know.`] : []),
    ...(lost.length > 0 ? [`${at}: may no longer be ${lost.join(', ')}; such events are still on their way.`] : []),
  ]
}

function constraintsBreak(before: Schema, after: Schema, at: string): string[] {
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keywords]
    .filter((keyword) => !annotations.has(keyword) && !structure.has(keyword))
    .filter((keyword) => show(before[keyword]) !== show(after[keyword]))
    .map((keyword) => `${at}: ${keyword} was ${show(before[keyword])} and is ${show(after[keyword])}.`)
}

const kindOf = ({ type, anyOf, enum: values, const: value }: Schema): string =>
  anyOf ? 'one of several' : values || value !== undefined ? 'a fixed value' : (type ?? 'anything')

function valuesOf(schema: Schema): string[] {
  const { anyOf, enum: values, const: value } = schema
  if (anyOf) return anyOf.map((member) => show(bare(member)))
  return (values ?? (value === undefined ? [] : [value])).map(show)
}

/** A member without its annotations, at any depth. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([keyword, inner]) => !(annotations.has(keyword) && typeof inner !== 'object'))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([keyword, inner]) => [keyword, bare(inner)]),
  )
}

const show = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value))
