import { typesOf, type JsonSchema } from './json-schema.ts'

type Named = readonly [what: string, value: unknown]

/** One value of every JSON type. */
const ofEveryType: readonly Named[] = [
  ['null', null],
  ['true', true],
  ['a number', 7],
  ['a text', 'text'],
  ['an empty list', []],
  ['an empty object', {}],
]

/** Texts that parsers, databases and logs have stumbled over. */
const texts: readonly Named[] = [
  ['an empty text', ''],
  ['blanks only', '   '],
  ['NUL', 'a\u0000b'],
  ['half a surrogate pair', 'a\ud800b'],
  ['control characters', 'a\u0007\u001b[31mb\r\n'],
  ['letters that run the other way', 'a\u202eb\u200f'],
  ['an emoji of many code points', '👩‍👩‍👧‍👦'.repeat(3)],
  ['SQL', `'; DROP TABLE users; --`],
  ['a text that is a number', '12345678901234567890'],
  ['a very long text', 'x'.repeat(100_000)],
]

/** Numbers at the edges of doubles, safe integers and the database’s integers. */
const numbers: readonly Named[] = [
  ['zero', 0],
  ['minus one', -1],
  ['a fraction', 1.5],
  ['2^31', 2 ** 31],
  ['2^53', 2 ** 53],
  ['2^63', 2 ** 63],
  ['a very large number', 1e308],
  ['a number past every double', rawJson('1e400')],
  ['a very small number', 5e-324],
]

/** Values to put at a place of this schema: wrong types, edges that it names, and what is nasty for its type. */
export function nastyValues(schema: JsonSchema): readonly Named[] {
  const types = typesOf(schema)
  return [
    ...ofEveryType,
    ...(types.includes('string') ? [...texts, ...edgesOfText(schema)] : []),
    ...(types.includes('integer') || types.includes('number') ? [...numbers, ...edgesOfNumber(schema)] : []),
    ...(types.includes('array') ? edgesOfList(schema) : []),
  ]
}

function edgesOfText({ minLength = 0, maxLength, enum: choices = [] }: JsonSchema): Named[] {
  const first: unknown = choices[0]
  return [
    ...(minLength > 1 ? [['a character too few', 'x'.repeat(minLength - 1)] as const] : []),
    ...(maxLength !== undefined ? [['a character too many', 'x'.repeat(maxLength + 1)] as const] : []),
    ...(typeof first === 'string' ? [['a choice in other letters', first.toUpperCase()] as const] : []),
  ]
}

function edgesOfNumber({ minimum, maximum }: JsonSchema): Named[] {
  return [
    ...(minimum !== undefined ? [['one below the least', minimum - 1] as const] : []),
    ...(maximum !== undefined ? [['one above the most', maximum + 1] as const] : []),
  ]
}

function edgesOfList({ maxItems }: JsonSchema): Named[] {
  const many = Array.from({ length: (maxItems ?? 10_000) + 1 }, () => 'x')
  return [['very many items', many]]
}

/** Stands for JSON that no JavaScript value becomes, such as 1e400, until the document is written as text. */
export function rawJson(text: string): string {
  return `\uE000${text}\uE000`
}

/** JSON with such pieces in it. */
export const toJson = (document: unknown): string =>
  JSON.stringify(document).replace(
    /"\uE000([^\uE000]+)\uE000"/g,
    (_, text: string) => JSON.parse(`"${text}"`) as string,
  )
