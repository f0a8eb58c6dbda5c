import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedFiles, root } from './files.ts'

test.each([...generatedFiles()])('%s is as the list of services makes it (npm run manifests)', (path, content) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content)
})
