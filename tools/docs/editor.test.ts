import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './files.ts'

interface Launch {
  configurations: { name: string; request: string; program?: string; args?: string[] }[]
  inputs: { id: string }[]
}
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { configurations, inputs } = JSON.parse(read('.vscode/launch.json')) as Launch
const launched = configurations.filter(({ request }) => request === 'launch')

test.each(launched)('$name: the debugger finds what it starts', ({ program = '', args = [] }) => {
  const paths = [program, ...args].map((path) => path.replace('${workspaceFolder}/', ''))
  for (const path of paths.filter((path) => /\.(mjs|ts)$/.test(path)))
    expect([path, existsSync(join(root, path))]).toEqual([path, true])
  const asked = args.flatMap((argument) => /^\$\{input:(\w+)\}$/.exec(argument)?.[1] ?? [])
  expect(inputs.map(({ id }) => id)).toEqual(expect.arrayContaining(asked))
})

test('the tests of a file run in its project, and a file without any is a clear sentence', () => {
  const { program = '', args = [] } = launched.find(({ args = [] }) => args.includes('${file}'))!
  const run = (file: string) => {
    const given = args.map((argument) => (argument === '${file}' ? join(root, file) : argument))
    return spawnSync(process.execPath, [program.replace('${workspaceFolder}', root), ...given], { encoding: 'utf8' })
  }
  const tests = run('libs/config/src/read-settings.test.ts')
  expect([tests.status, tests.stdout]).toEqual([0, expect.stringMatching(/Tests .*passed/)])
  const none = run('README.md')
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('There are no tests of')])
}, 120_000)

test('the dev container has the Node of the images, and the extensions that the workspace recommends', () => {
  const { image, customizations } = JSON.parse(read('.devcontainer/devcontainer.json')) as {
    image: string
    customizations: { vscode: { extensions: string[] } }
  }
  expect(read('Dockerfile')).toContain(`FROM ${image}-slim AS node`)
  const { recommendations } = JSON.parse(read('.vscode/extensions.json')) as { recommendations: string[] }
  expect(customizations.vscode.extensions).toEqual(recommendations)
})
