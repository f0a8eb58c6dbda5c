import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')
export const nodeModules = join(root, 'node_modules')
export const compileCache = join(nodeModules, '.cache', 'compile')

const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1])

/** The Node to run on: this one if it is recent enough, or the one locked as a dependency. */
export function findNode() {
  const locked = join(nodeModules, '.bin', 'node')
  if (major(process.version) >= 24) return process.execPath
  if (existsSync(locked)) return locked
  throw new Error(
    `Node 24 is needed, and no package brings it for ${process.platform} ${process.arch}: install Node 24`,
  )
}

/** Folders with a Prisma schema. */
export function prismaProjects() {
  return ['libs', 'services']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, 'prisma', 'schema.prisma')))
}
