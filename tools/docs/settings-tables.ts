import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TObject } from 'typebox'
import { files, root } from './files.ts'

interface Variable {
  description?: string
  default?: unknown
  secret?: boolean
  enum?: string[]
  type?: string
  format?: string
}

const begin = '<!-- settings: generated from src/config.ts -->'
const end = '<!-- end of settings -->'

/** The table of settings in each service's README, from its schema. Answers the READMEs that were or are stale. */
export async function settingsTables({ write }: { write: boolean }): Promise<string[]> {
  const stale: string[] = []
  for (const config of files('services/*/src/config.ts')) {
    const readme = config.replace('src/config.ts', 'README.md')
    const { Settings } = (await import(join(root, config))) as { Settings: TObject }
    const text = readFileSync(join(root, readme), 'utf8')
    const [before, rest] = text.split(begin)
    const after = rest?.split(end)[1]
    if (before === undefined || after === undefined) {
      stale.push(`${readme}: no place for the table of settings (${begin} … ${end})`)
      continue
    }
    const fresh = `${before}${begin}\n\n${table(Settings)}\n\n${end}${after}`
    if (fresh === text) continue
    if (write) writeFileSync(join(root, readme), fresh)
    else stale.push(`${readme}: the table of settings is stale: npm run docs`)
  }
  return stale
}

function table(schema: TObject): string {
  const required = new Set((schema as unknown as { required?: string[] }).required)
  const rows = Object.entries(schema.properties as Record<string, Variable>).map(([name, variable]) => [
    `\`${name}\``,
    variable.enum
      ? variable.enum.join(', ')
      : [variable.secret && 'secret', variable.format ?? variable.type].filter(Boolean).join(' '),
    variable.default === undefined
      ? required.has(name)
        ? '**required**'
        : ''
      : `\`${JSON.stringify(variable.default)}\``,
    variable.description ?? '',
  ])
  return align([['Variable', 'Value', 'Default', 'What it is'], ...rows])
}

/** A Markdown table laid out as Prettier does. */
function align([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? '')].length)))
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
