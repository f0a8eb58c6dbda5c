import type { Tree } from '@nx/devkit'
import { Refusal } from './refusal.ts'

/** @throws Refusal when the file is not there */
export function readText(tree: Tree, path: string): string {
  const text = tree.read(path, 'utf8')
  if (text === null) throw new Refusal([`${path} is not there`])
  return text
}

export const edit = (tree: Tree, path: string, change: (text: string) => string) =>
  tree.write(path, change(readText(tree, path)))

const specifier = (line: string) => /from '([^']+)'/.exec(line)?.[1] ?? ''

/** Adds an import of one line where the alphabet puts it, behind the ones that sort before it. */
export function addImport(text: string, line: string): string {
  if (text.includes(`${line}\n`)) return text
  const statements = [...text.matchAll(/^import [^;]*? from '[^']+'(?: with \{[^}]*\})?\n/gm)]
  const isLocal = (path: string) => path.startsWith('.')
  const sortsBefore = (left: string, right: string) =>
    isLocal(left) === isLocal(right) ? left.localeCompare(right) < 0 : !isLocal(left)
  const before = statements.filter(([statement]) => sortsBefore(specifier(statement), specifier(line))).at(-1)
  const at = before ? before.index + before[0].length : (statements[0]?.index ?? 0)
  return `${text.slice(0, at)}${line}\n${text.slice(at)}`
}

/** Adds one more to the first match of `list`, whose only group is the text between its brackets. @throws Refusal */
export function addToList(text: string, list: RegExp, item: string, path: string): string {
  const match = new RegExp(list, `${list.flags.replace('d', '')}d`).exec(text)
  const range = match?.indices?.[1]
  if (!range) throw new Refusal([`${path} has no place for ${item} (looked for ${list.source})`])
  const inside = text.slice(...range)
  if (new RegExp(`(^|[^\\w])${item.replaceAll(/[^\w]/g, '\\$&')}([^\\w]|$)`).test(inside)) return text
  return `${text.slice(0, range[0])}${listed(inside, item)}${inside.includes('\n') ? ',\n' : ''}${text.slice(range[1])}`
}

/** What is between the brackets of a list, with one more in it. */
export function listed(inside: string, item: string): string {
  const kept = inside.trimEnd().replace(/,$/, '')
  return kept.trim() === '' ? item : `${kept}, ${item}`
}

/** Where the bracket ends that opens at `begin`. */
export function endOfBracket(text: string, begin: number, [open, close]: readonly [string, string]): number {
  let depth = 0
  let end = begin
  do {
    if (text[end] === open) depth++
    if (text[end] === close) depth--
    end++
  } while (depth > 0 && end < text.length)
  return end
}

/** @throws Refusal when there is nothing to replace: somebody has changed the shape of that code */
export function replace(
  text: string,
  what: RegExp | string,
  by: string | ((...found: string[]) => string),
  path: string,
) {
  const fresh = text.replace(what, by as string)
  if (fresh !== text) return fresh
  throw new Refusal([`${path} has no place that looks like ${String(what)}: change it by hand`])
}

/** Adds a line behind the last one that `like` matches; unchanged when no line does. */
export function addLineAfterLast(text: string, like: RegExp, line: string): string {
  const lines = text.split('\n')
  const at = lines.findLastIndex((known) => like.test(known))
  if (at < 0 || lines.includes(line)) return text
  return [...lines.slice(0, at + 1), line, ...lines.slice(at + 1)].join('\n')
}
