export interface Mapping {
  type?: string
  properties?: Record<string, Mapping>
}

type Fits = (value: unknown) => boolean
const text: Fits = (value) => typeof value === 'string'
const whole: Fits = (value) => Number.isInteger(value)

/** What an index takes for a field of a type (elastic.co/guide: field data types). Lists take what their items are. */
const types: Record<string, Fits> = {
  keyword: text,
  text,
  constant_keyword: text,
  date: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  ip: (value) => typeof value === 'string' && /^[\d.]+$|^[\da-f:.]+$/i.test(value),
  long: whole,
  short: (value) => Number.isInteger(value) && Math.abs(value as number) < 32_768,
  double: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  flattened: (value) => typeof value === 'object' && !Array.isArray(value),
}

/** The mapping of an index that grows with its lines, as dynamic mapping does. */
export class Index {
  readonly #root: Mapping
  fields = 0

  constructor(mappings: Mapping) {
    this.#root = structuredClone(mappings)
  }

  /** Takes a line. Answers what the index would refuse it for: nothing, if all is well. */
  take(line: Record<string, unknown>): string[] {
    return this.#visit(line, this.#root, '')
  }

  #visit(value: unknown, mapping: Mapping, path: string): string[] {
    if (value === null || value === undefined) return []
    if (Array.isArray(value) && mapping.type !== 'flattened')
      return value.flatMap((item) => this.#visit(item, mapping, path))
    if (mapping.type)
      return types[mapping.type]!(value) ? [] : [`${path} is no ${mapping.type}: ${JSON.stringify(value)}`]
    if (typeof value !== 'object') return [`${path} was an object: ${JSON.stringify(value)}`]
    const properties = (mapping.properties ??= {})
    return Object.entries(value).flatMap(([key, item]) => {
      const [name = '', ...rest] = key.split('.')
      const inner = rest.length > 0 ? { [rest.join('.')]: item } : item
      properties[name] ??= this.#newField(inner)
      return this.#visit(inner, properties[name], path ? `${path}.${name}` : name)
    })
  }

  #newField(value: unknown): Mapping {
    this.fields++
    const sample = Array.isArray(value) ? value[0] : value
    if (typeof sample === 'object' && sample !== null) return {}
    if (typeof sample === 'number') return { type: Number.isInteger(sample) ? 'long' : 'double' }
    return { type: typeof sample === 'boolean' ? 'boolean' : 'keyword' }
  }

  /** Whether a field can be asked for. */
  has(field: string): boolean {
    let at: Mapping | undefined = this.#root
    for (const name of field.split('.')) {
      if (at?.type === 'flattened') return true
      at = at?.properties?.[name]
    }
    return at?.type !== undefined
  }
}
