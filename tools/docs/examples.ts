import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { files, root } from './files.ts'

/** `<!-- example: path/of/a.test.ts#region -->`, then the region of that file as code, then the end. */
const place = /<!-- example: (\S+)#(\S+) -->\n[\s\S]*?<!-- end of example -->/g

/**
 * Code in the documentation, taken from between `// #region name` and `// #endregion` of real tests. Answers the pages
 * that were or are stale, and regions that no page shows or that are not there.
 */
export function examples({ write }: { write: boolean }): string[] {
  const found: string[] = []
  const shown = new Set<string>()
  for (const page of files('*.md')) {
    const text = readFileSync(join(root, page), 'utf8')
    const fresh = text.replaceAll(place, (before, file: string, region: string) => {
      shown.add(`${file}#${region}`)
      const code = regionOf(file, region)
      if (code === undefined) found.push(`${page}: ${file} has no region ${region}`)
      return code === undefined ? before : example(file, region, code)
    })
    if (fresh === text) continue
    if (write) writeFileSync(join(root, page), fresh)
    else found.push(`${page}: an example is stale: npm run docs`)
  }
  return [...found, ...unshown(shown)]
}

const example = (file: string, region: string, code: string) =>
  [
    `<!-- example: ${file}#${region} -->`,
    '',
    `\`\`\`${extname(file).slice(1)}`,
    code,
    '```',
    '',
    '<!-- end of example -->',
  ].join('\n')

function regionOf(file: string, region: string): string | undefined {
  if (!existsSync(join(root, file))) return undefined
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`)
  if (start < 0) return undefined
  const end = lines.findIndex((line, index) => index > start && line.trim() === '// #endregion')
  const inside = lines.slice(start + 1, end).filter((line) => !line.trim().startsWith('// #region'))
  const indent = /^\s*/.exec(lines[start] ?? '')?.[0].length ?? 0
  return inside.map((line) => line.slice(indent)).join('\n')
}

function unshown(shown: ReadonlySet<string>): string[] {
  return [...files('*.ts'), ...files('*.tsx')].flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^\s*\/\/ #region (\S+)$/gm)]
      .filter(([, region]) => !shown.has(`${file}#${region}`))
      .map(([, region]) => `${file}: the region ${region} is shown on no page`),
  )
}
