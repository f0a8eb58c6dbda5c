import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeModules, root } from './paths.mjs'

/** Installs what the lockfile says, unless that is what is installed. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.error('Installing the locked dependencies (once; about a minute) …')
  // the development dependencies hold the tools that generate code, so they are needed in production mode too
  npm('ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
}

/** npm notes what it has installed, as its last step, in a lockfile inside node_modules. */
function isInstalled() {
  const installed = read(join(nodeModules, '.package-lock.json'))?.packages
  if (!installed) return false
  return Object.entries(read(join(root, 'package-lock.json')).packages).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/') || link) return true
    return installed[path] ? installed[path].version === version : optional
  })
}

function npm(...args) {
  const cli = process.env.npm_execpath
  const [command, before] = cli?.endsWith('.js')
    ? [process.env.npm_node_execpath ?? process.execPath, [cli]]
    : ['npm', []]
  const { status, error } = spawnSync(command, [...before, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error) throw new Error(`npm cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(`npm ${args[0]} failed; what it said stands above`)
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
