import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles, root } from './files.ts'

/** `npm run manifests` writes what is made from services.json. */
for (const [path, content] of generatedFiles()) {
  const file = join(root, path)
  if (read(file) === content) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  console.log(path)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
