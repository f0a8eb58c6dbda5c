import { InvalidScope } from './oauth-errors.ts'

const words = (scope: string) => scope.split(' ').filter((word) => word !== '')

/** What was asked for of what is allowed; all of that when nothing was asked for. @throws InvalidScope */
export function narrowScope(allowed: string, requested: string | undefined): string {
  if (requested === undefined) return allowed
  const known = new Set(words(allowed))
  const wanted = [...new Set(words(requested))]
  if (!wanted.every((word) => known.has(word))) throw new InvalidScope()
  return wanted.join(' ')
}
