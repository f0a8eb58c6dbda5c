import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { failed, passed, type Outcome } from './check.ts'
import { requireScanner, root, scannerConfig } from './programs.ts'

export interface Rules {
  /** SPDX identifiers that everything may have. */
  allowed: string[]
  /** Packages (`name*`: all that begin so) that may have another one, each with its licence and why that is all right. */
  exceptions: Record<string, { licence: string; because: string }>
}

interface Locked {
  license?: string
  link?: boolean
}

type Satisfies = (expression: string, allowed: string[]) => boolean

/** Licences of all that the lockfile names: also of what only other machines install. */
export function checkLicences(): Outcome {
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown
  const { packages } = read(join(root, 'package-lock.json')) as { packages: Record<string, Locked> }
  const rules = read(scannerConfig('../licences.json')) as Rules
  const found = judgeLicences(packages, rules, requireScanner('spdx-satisfies') as Satisfies)
  return found.length > 0 ? failed(found.join('\n')) : passed(`${Object.keys(packages).length} packages`)
}

export function judgeLicences(packages: Record<string, Locked>, rules: Rules, satisfies: Satisfies): string[] {
  const used = new Set<string>()
  const refused = Object.entries(packages).flatMap(([path, { license = 'none', link }]) => {
    if (link || !path.includes('node_modules/')) return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const exception = Object.keys(rules.exceptions).find((pattern) => matches(pattern, name))
    if (exception && rules.exceptions[exception]!.licence === license) return (used.add(exception), [])
    return isAllowed(license) ? [] : [`${name}: ${license} is not among the allowed licences`]
  })
  const idle = Object.keys(rules.exceptions).filter((name) => !used.has(name))
  return [...new Set(refused), ...idle.map((name) => `${name}: the exception is not needed: remove it`)]

  function isAllowed(license: string): boolean {
    try {
      return satisfies(license, rules.allowed)
    } catch {
      return false // no SPDX expression
    }
  }
}

const matches = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
