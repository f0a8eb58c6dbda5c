import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { files, root } from './files.ts'

/** Links to files and headings that are not there, and `npm run` scripts that do not exist. */
export function checkLinks(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  return files('*.md').flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    const broken = links.filter((target) => !/^(https?|mailto):/.test(target) && !exists(file, target))
    const unknown = [...text.matchAll(/npm run ([\w:-]+)/g)]
      .map(([, script = '']) => script)
      .filter((script) => !scripts[script])
    return [
      ...broken.map((target) => `${file}: link to ${target}, which is not there`),
      ...unknown.map((script) => `${file}: npm run ${script}, which is not in package.json`),
    ]
  })
}

function exists(file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#', 2)
  const resolved = path === '' ? join(root, file) : join(root, dirname(file), path)
  if (!existsSync(resolved) || relative(root, resolved).startsWith('..')) return false
  return anchor === undefined || !resolved.endsWith('.md') || anchors(readFileSync(resolved, 'utf8')).includes(anchor)
}

/** Heading anchors as GitHub makes them. */
const anchors = (text: string) =>
  [...withoutCode(text).matchAll(/^#+\s+(.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '')
