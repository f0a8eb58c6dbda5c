import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A generator of tools/generators under a name of its own: `slipway rename …` is `nx g slipway:rename …`. */
export const generateCommand = (generator: string) => async (args: string[]) => {
  const { name } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { name: string }
  const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js')
  const child = spawn(process.execPath, [nx, 'generate', `${name}:${generator}`, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
