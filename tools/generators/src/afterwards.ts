import { spawnSync } from 'node:child_process'
import { Refusal } from './refusal.ts'

export type Step = readonly [what: string, command: string, ...args: string[]]

const run = 'tools/setup/run.mjs'
export const install: Step = [
  'the lockfile',
  'npm',
  'install',
  '--ignore-scripts',
  '--prefer-offline',
  '--loglevel=error',
]
export const generateClients: Step = ['database clients', process.execPath, run]
export const manifests: Step = ['compose, edge and Kubernetes', process.execPath, run, 'deploy/platform/src/main.ts']
export const documentation: Step = ['generated documentation', process.execPath, run, 'tools/docs/main.ts']
export const layout: Step = [
  'the layout',
  process.execPath,
  'node_modules/prettier/bin/prettier.cjs',
  '--write',
  '--log-level=error',
  '.',
]

/** What can only be made once the files are on the disk. @throws Refusal when a step fails */
export const afterwards = (root: string, steps: readonly Step[], done: readonly string[]) => () => {
  for (const [what, command, ...args] of steps) {
    console.log(`Making ${what} …`)
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32' && command === 'npm',
    })
    if (status !== 0) {
      const said = [error?.message, stdout, stderr].filter(Boolean).join('\n')
      throw new Refusal([`The files are written, but this failed: ${[command, ...args].join(' ')}\n${said}`])
    }
  }
  console.log(['', ...done].join('\n'))
}
