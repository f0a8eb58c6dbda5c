import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format, getFileInfo, resolveConfig } from 'prettier'
import { files, root } from './files.ts'

interface How {
  write: boolean
  /** Pattern of the files that are all generated: those that nothing makes any more are deleted. */
  all: string
}

/** Writes generated files, laid out as all are, or answers those that are stale. */
export async function putFiles(made: ReadonlyMap<string, string>, { write, all }: How): Promise<string[]> {
  const stale: string[] = []
  for (const [path, text] of made) {
    const fresh = await laidOut(path, text)
    const file = join(root, path)
    if (existsSync(file) && readFileSync(file, 'utf8') === fresh) continue
    stale.push(`${path}: is stale: npm run docs`)
    if (!write) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, fresh)
  }
  for (const path of files(all).filter((known) => !made.has(known))) {
    stale.push(`${path}: nothing makes it any more: npm run docs`)
    if (write) rmSync(join(root, path))
  }
  return write ? [] : stale
}

async function laidOut(path: string, text: string): Promise<string> {
  const filepath = join(root, path)
  const { inferredParser } = await getFileInfo(filepath)
  return inferredParser ? format(text, { ...(await resolveConfig(filepath)), filepath }) : text
}
