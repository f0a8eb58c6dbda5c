import { bracketed, tokensOf, unquoted } from './tokens.ts'

/** `@map("user_id")` or `@@index([userId, id])`: arguments as tokens, by name or, unnamed, by position. */
export interface Attribute {
  name: string
  args: Readonly<Record<string, readonly string[]>>
}

export interface Field {
  name: string
  type: string
  /** Argument of `Unsupported("...")`. */
  unsupported?: string
  list: boolean
  optional: boolean
  attributes: readonly Attribute[]
}

export interface Block {
  kind: string
  name: string
  fields: readonly Field[]
  attributes: readonly Attribute[]
}

export const attribute = ({ attributes }: Pick<Field, 'attributes'>, name: string) =>
  attributes.find((each) => each.name === name)
export const textOf = (tokens: readonly string[] | undefined) => tokens?.[0] && unquoted(tokens[0])

/** Models and enums of a Prisma schema (https://www.prisma.io/docs/orm/reference/prisma-schema-reference). */
export function parseSchema(source: string): Block[] {
  const tokens = tokensOf(source)
  const blocks: Block[] = []
  for (let at = 0; at < tokens.length;) {
    const [kind, name, opening] = tokens.slice(at, at + 3)
    if (opening !== '{') {
      at++
      continue
    }
    const { inner, next } = bracketed(tokens, at + 3)
    blocks.push({ kind: kind!, name: name!, ...readBlock(linesOf(inner)) })
    at = next
  }
  return blocks.filter(({ kind }) => kind === 'model' || kind === 'enum')
}

function linesOf(tokens: readonly string[]): string[][] {
  const lines: string[][] = [[]]
  for (const token of tokens) {
    if (token === '\n') lines.push([])
    else lines.at(-1)!.push(token)
  }
  return lines.filter((line) => line.length > 0)
}

function readBlock(lines: readonly string[][]): Pick<Block, 'fields' | 'attributes'> {
  const isAttribute = ([first]: string[]) => first?.startsWith('@@')
  return {
    fields: lines.filter((line) => !isAttribute(line)).map(readField),
    attributes: lines.filter(isAttribute).flatMap((line) => readAttributes(line)),
  }
}

function readField([name, ...tokens]: string[]): Field {
  const [type = '', ...rest] = tokens[0]?.startsWith('@') ? ['', ...tokens] : tokens // a value of an enum has no type
  const isUnsupported = type === 'Unsupported'
  const { inner, next } = isUnsupported ? bracketed(rest, 1) : { inner: [], next: 0 }
  const marks = rest.slice(next)
  const first = marks.findIndex((token) => token.startsWith('@'))
  const suffix = first < 0 ? marks : marks.slice(0, first)
  return {
    name: name!,
    type,
    ...(isUnsupported && { unsupported: unquoted(inner[0]!) }),
    list: suffix.includes('['),
    optional: suffix.includes('?'),
    attributes: first < 0 ? [] : readAttributes(marks.slice(first)),
  }
}

function readAttributes(tokens: readonly string[]): Attribute[] {
  const attributes: Attribute[] = []
  for (let at = 0; at < tokens.length;) {
    const name = tokens[at]!.replace(/^@@?/, '')
    const { inner, next } = tokens[at + 1] === '(' ? bracketed(tokens, at + 2) : { inner: [], next: at + 1 }
    attributes.push({ name, args: readArgs(inner) })
    at = next
  }
  return attributes
}

function readArgs(tokens: readonly string[]): Attribute['args'] {
  return Object.fromEntries(
    splitAtCommas(tokens).map((arg, position) => (arg[1] === ':' ? [arg[0]!, arg.slice(2)] : [String(position), arg])),
  )
}

/** Splits at the commas that are in no inner bracket. */
export function splitAtCommas(tokens: readonly string[]): string[][] {
  const parts: string[][] = []
  let depth = 0
  let current: string[] = []
  for (const token of tokens) {
    if ('([{'.includes(token)) depth++
    if (')]}'.includes(token)) depth--
    if (token === ',' && depth === 0) {
      parts.push(current)
      current = []
    } else current.push(token)
  }
  return current.length > 0 ? [...parts, current] : parts
}
