import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { findNode, nodeModules } from './paths.mjs'

/** `node test-file.mjs <file> [options of vitest]`: the tests of one file, in the project that it is of. */
const [given = '', ...options] = process.argv.slice(2)
const file = resolve(given)
const project = projectOf(file)
if (!given || !existsSync(file) || !project) {
  console.error(`There are no tests of "${given}": say a file inside of a folder with a vitest.config.ts`)
  process.exit(1)
}
const vitest = join(nodeModules, 'vitest', 'vitest.mjs')
const child = spawn(findNode(), [vitest, 'run', relative(project, file), ...options], {
  cwd: project,
  stdio: 'inherit',
  env: { ...process.env, ...(file.endsWith('.long.test.ts') && { TEST_LONG: 'true' }) },
})
child.on('exit', (code) => process.exit(code ?? 1))

function projectOf(path) {
  const folder = dirname(path)
  if (folder === path) return undefined
  return existsSync(join(folder, 'vitest.config.ts')) ? folder : projectOf(folder)
}
