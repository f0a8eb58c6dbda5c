import { endOfBracket, listed } from '../edit.ts'
import { Refusal } from '../refusal.ts'

/** The text of a service's `app.ts` with one more in its list of jobs, or with such a list. @throws Refusal */
export function withJob(text: string, job: string, path: string): string {
  const list = /\bjobs: \([^)]*\) => \[/.exec(text)
  if (!list && /\bjobs\b *[:(]/.test(text)) throw new Refusal([`The jobs of ${path} are no list: add ${job} by hand`])
  if (!list) return text.replace(/\n\}\)\n/, `\n\n  jobs: () => [${job}],\n})\n`)
  const begin = list.index + list[0].length
  const end = endOfBracket(text, begin - 1, ['[', ']']) - 1
  return `${text.slice(0, begin)}${listed(text.slice(begin, end), job)}${text.slice(end)}`
}
