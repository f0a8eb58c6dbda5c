import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** One thing that can be wrong; `run` answers what to do about it, or nothing when all is well. */
export interface Check {
  what: string
  run(root: string): string | undefined | Promise<string | undefined>
}

type Lock = Record<string, { version?: string; optional?: boolean; link?: boolean }>
type Manifest = Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string> | undefined>

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const major = (version: string) => Number(/\d+/.exec(version)?.[0])
const said = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: 'utf8' }).stdout ?? ''

export const checks: readonly Check[] = [
  {
    what: 'Node 24 runs it, npm 10 or later installs it, git keeps it',
    run: () => {
      const old = [
        major(process.version) < 24 && `Node is ${process.version}`,
        !(major(said('npm', '--version')) >= 10) && 'npm 10 is needed',
        said('git', '--version') === '' && 'git is not installed',
      ].filter((line) => line !== false)
      return old.length > 0 ? `${old.join('; ')}. Start it with npm, which brings its own Node` : undefined
    },
  },
  {
    what: 'what is installed is what the lockfile says',
    run: (root) => {
      const installed = join(root, 'node_modules/.package-lock.json')
      if (!existsSync(installed)) return 'npm run setup'
      const found = (read(installed) as { packages: Lock }).packages
      const wrong = Object.entries((read(join(root, 'package-lock.json')) as { packages: Lock }).packages).filter(
        ([path, { version, optional, link }]) =>
          path.includes('node_modules/') && !link && found[path]?.version !== version && (found[path] || !optional),
      )
      return wrong.length > 0 ? `npm run setup: ${wrong.length} packages differ, such as ${wrong[0]![0]}` : undefined
    },
  },
  {
    what: 'every version is exact',
    run: (root) => {
      const loose = globSync(['package.json', '{libs,services,deploy,tools}/*/package.json'], { cwd: root }).flatMap(
        (path) => {
          const { dependencies, devDependencies, optionalDependencies } = read(join(root, path)) as Manifest
          return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
            .filter(([, version]) => !/^\d+\.\d+\.\d+/.test(version))
            .map(([name, version]) => `${name} ${version} in ${path}`)
        },
      )
      return loose.length > 0 ? `write the version that is locked: ${loose.join(', ')}` : undefined
    },
  },
  {
    what: 'port 3000 is free, or the platform’s own',
    run: async () => {
      if (await isFree(3000)) return undefined
      const answer = await fetch('http://127.0.0.1:3000/sso/health/live').catch(() => undefined)
      return answer?.ok ? undefined : 'another program has it: npm start -- --port 4000'
    },
  },
  {
    what: 'compose, edge and Kubernetes are as services.json makes them',
    run: async (root) => {
      const { generatedFiles } = (await import(pathToFileURL(join(root, 'deploy/platform/src/files.ts')).href)) as {
        generatedFiles: () => Map<string, string>
      }
      const stale = [...generatedFiles()].filter(
        ([path, content]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content,
      )
      return stale.length > 0 ? `npm run manifests: ${stale.map(([path]) => path).join(', ')}` : undefined
    },
  },
  {
    what: 'generated documentation is fresh and its links lead somewhere',
    run: (root) => {
      const { status, stderr } = spawnSync(process.execPath, ['tools/docs/main.ts', '--check'], {
        cwd: root,
        encoding: 'utf8',
      })
      return status === 0 ? undefined : `npm run docs\n${stderr.trim()}`
    },
  },
]

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
