import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '')
const scanners = join(root, 'tools/security/scanners')
export const scannerConfig = (name: string) => join(scanners, name)

export interface Ended {
  code: number
  output: string
}

/** Runs a program at the root to its end. @throws when it cannot be started */
export function run(program: string, args: readonly string[], input?: string): Ended {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32' && program === 'npm',
  })
  if (error) throw new Error(`${program} cannot be run: ${error.message}`)
  return { code: status ?? 1, output: [stdout, stderr].join('\n').trim() }
}

/** Runs one of the scanners that are locked in `scanners/`. */
export const runScanner = (script: string, args: readonly string[]): Ended =>
  run(process.execPath, [join(scanners, 'node_modules', script), ...args])

/** A library among the scanners, which only they install. */
export const requireScanner = (name: string): unknown => createRequire(join(scanners, 'package.json'))(name)

/** Installs the scanners, unless what is installed is what their lockfile says. */
export function installScanners() {
  const lock = readFileSync(join(scanners, 'package-lock.json'), 'utf8')
  const stamp = join(scanners, 'node_modules/.installed-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const { code, output } = run('npm', ['ci', '--prefix', scanners, '--ignore-scripts', '--no-audit', '--no-fund'])
  if (code !== 0) throw new Error(`The scanners cannot be installed:\n${output}`)
  writeFileSync(stamp, lock)
}

/** Whether a program that no package of ours brings is on this machine. */
export const installed = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined

/** Files that git knows or would add, by patterns of their paths. */
export const files = (...patterns: string[]): string[] =>
  run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...patterns])
    .output.split('\n')
    .filter((file) => file && existsSync(join(root, file)))
