import { readJson, type Tree } from '@nx/devkit'
import { Refusal } from './refusal.ts'

interface Package {
  name: string
  version: string
  license: string
  dependencies?: Record<string, string>
}

export interface ServiceEntry {
  name: string
  needs: string[]
  calls: string[]
  reaches?: string[]
  [field: string]: unknown
}

export const listPath = 'deploy/platform/services.json'

export const readPackage = (tree: Tree, folder: string) => readJson<Package>(tree, `${folder}/package.json`)

/** `@slipway`: what the packages of this repository are called under. */
export const scopeOf = (tree: Tree) => readPackage(tree, 'libs/errors').name.split('/')[0]!

export const entries = (tree: Tree) => readJson<{ services: ServiceEntry[] }>(tree, listPath).services

/** @throws Refusal when there is no such service */
export function entryOf(tree: Tree, name: string): ServiceEntry {
  const all = entries(tree)
  const entry = all.find((known) => known.name === name)
  if (entry) return entry
  throw new Refusal([`There is no service ${name}; there are ${all.map((known) => known.name).join(', ')}`])
}

/** The exact version that a package of the workspace has locked. @throws Refusal */
export function lockedVersion(tree: Tree, dependency: string, folder: string): string {
  const version = readPackage(tree, folder).dependencies?.[dependency]
  if (!version) throw new Refusal([`${folder}/package.json does not depend on ${dependency}`])
  return version
}
