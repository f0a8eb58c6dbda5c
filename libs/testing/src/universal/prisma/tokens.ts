/** Words, texts and signs of Prisma's schema language; `\n` where a line ends outside of brackets. */
export function tokensOf(source: string): string[] {
  const tokens: string[] = []
  let depth = 0
  for (const [token] of source.matchAll(pattern)) {
    if (token.startsWith('//')) continue
    if (token === '(' || token === '[') depth++
    if (token === ')' || token === ']') depth--
    if (token !== '\n' || (depth === 0 && tokens.at(-1) !== '\n')) tokens.push(token)
  }
  return tokens
}

const pattern = /\/\/[^\n]*|"(?:[^"\\]|\\.)*"|@@?[\w.]+|-?[\w.]+|[{}()[\]:,=?!]|\n/g

/** The tokens up to the bracket that closes the one before `start`, and where it goes on after that. */
export function bracketed(tokens: readonly string[], start: number): { inner: string[]; next: number } {
  let depth = 1
  let at = start
  for (; at < tokens.length && depth > 0; at++) {
    if ('([{'.includes(tokens[at]!)) depth++
    if (')]}'.includes(tokens[at]!)) depth--
  }
  return { inner: tokens.slice(start, at - 1), next: at }
}

/** A token of a text without its quotes. */
export const unquoted = (token: string) => (token.startsWith('"') ? (JSON.parse(token) as string) : token)
