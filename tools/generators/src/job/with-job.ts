import { Refusal } from '../refusal.ts'

/** The text of a service's `app.ts` with one more in its list of jobs, or with such a list. @throws Refusal */
export function withJob(text: string, job: string, path: string): string {
  const list = /\bjobs: \([^)]*\) => \[/.exec(text)
  if (!list && /\bjobs\b *[:(]/.test(text)) throw new Refusal([`The jobs of ${path} are no list: add ${job} by hand`])
  if (!list) return text.replace(/\n\}\)\n/, `\n\n  jobs: () => [${job}],\n})\n`)
  const begin = list.index + list[0].length
  const end = endOf(text, begin)
  const inside = text.slice(begin, end).trimEnd().replace(/,$/, '')
  return `${text.slice(0, begin)}${inside.trim() === '' ? '' : `${inside}, `}${job}${text.slice(end)}`
}

/** Where the bracket closes that was opened before `begin`. */
function endOf(text: string, begin: number): number {
  let depth = 1
  let at = begin
  while (depth > 0 && at < text.length) {
    if (text[at] === '[') depth++
    if (text[at] === ']') depth--
    at++
  }
  return at - 1
}
