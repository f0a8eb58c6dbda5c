import { attribute, textOf, type Field } from './parse-schema.ts'
import type { Enums } from './sql-types.ts'

/** Made by Prisma's client: the database knows nothing of them. */
const ofTheClient = new Set(['uuid', 'cuid', 'ulid', 'nanoid', 'auto'])

/** ` default …` of a field as the catalogs are read by `normalisedDefault`; empty where there is none. */
export function defaultOf(field: Field, enums: Enums): string {
  const value = attribute(field, 'default')?.args[0]
  if (!value) return ''
  const [first = '', opening] = value
  const word = (token: string) => enums.get(field.type)?.values.get(token) ?? textOf([token])
  if (first === '[')
    return ` default {${value
      .slice(1, -1)
      .filter((token) => token !== ',')
      .map(word)
      .join(',')}}`
  if (opening !== '(') return ` default ${word(first)}`
  if (ofTheClient.has(first)) return ''
  if (first === 'autoincrement') return ' default (counts)'
  if (first === 'now') return ' default CURRENT_TIMESTAMP'
  return ` default ${normalisedDefault(textOf(value.slice(2)) ?? '')}`
}

const cast = /::(?:"[^"]+"|[a-z_][\w ]*)(?:\.(?:"[^"]+"|\w+))?(?:\([\d,]+\))?(?:\[\])?/g

/** An expression without casts, quotes and spaces that mean nothing: `'open'::text` is `open`. */
export function normalisedDefault(expression: string): string {
  const plain = expression.replaceAll(cast, '').trim()
  if (/^nextval\(/.test(plain)) return '(counts)'
  if (/^(now\(\)|CURRENT_TIMESTAMP(\(\d\))?)$/i.test(plain)) return 'CURRENT_TIMESTAMP'
  const list = /^ARRAY\[(.*)\]$/.exec(plain)?.[1]
  if (list !== undefined) return `{${list.replaceAll(/'([^']*)'/g, '$1').replaceAll(', ', ',')}}`
  return /^'(.*)'$/.exec(plain)?.[1]?.replaceAll("''", "'") ?? plain
}
