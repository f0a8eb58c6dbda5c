// Makes a fresh clone runnable, then runs a script on the locked Node: node run.mjs [script.ts] [arguments].
// Plain JavaScript without dependencies: the first time it runs on whatever Node the machine has (20 or later).
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureGenerated } from './ensure-generated.mjs'
import { ensureInstalled } from './ensure-installed.mjs'
import { compileCache, findNode, root } from './paths.mjs'

const [script, ...args] = process.argv.slice(2)

try {
  await ensureInstalled()
  await ensureGenerated()
  if (script) await run(resolve(root, script))
} catch (error) {
  console.error(`slipway: ${error.message}`)
  process.exit(1)
}

async function run(file) {
  const node = findNode()
  if (node === process.execPath) {
    const { enableCompileCache } = await import('node:module')
    enableCompileCache(compileCache)
    process.argv = [node, file, ...args]
    await import(pathToFileURL(file).href)
    return
  }
  const child = spawn(node, [...process.execArgv, file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
  // Ctrl-C reaches the child by itself, as a member of the terminal's process group
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`slipway: ${node} cannot be run: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
