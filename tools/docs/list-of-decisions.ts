import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { files, root } from './files.ts'

const page = 'docs/decisions/README.md'
const place = /(<!-- decisions: generated -->\n)[\s\S]*?(\n<!-- end of decisions -->)/

/** The decisions by their headings. Answers the page when it was or is stale. */
export function listOfDecisions({ write }: { write: boolean }): string[] {
  const lines = files('docs/decisions/0*.md')
    .toSorted()
    .map((path) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(readFileSync(join(root, path), 'utf8')) ?? []
      return `${number}. [${title}](${basename(path)})`
    })
  const text = readFileSync(join(root, page), 'utf8')
  const fresh = text.replace(place, (_, begin: string, end: string) => `${begin}\n${lines.join('\n')}\n${end}`)
  if (fresh === text) return []
  if (!write) return [`${page}: the list of decisions is stale: npm run docs`]
  writeFileSync(join(root, page), fresh)
  return []
}
