import { AppError } from '@slipway/errors'

export const shortest = 8
export const longest = 256

export class WeakPassword extends AppError {
  readonly code = 'WEAK_PASSWORD'
  readonly status = 400
  constructor(detail: string, path: string, suggestions: readonly string[] = []) {
    super(detail, { extensions: { errors: [{ path, message: detail }], suggestions } })
  }
}

export class WrongPassword extends AppError {
  readonly code = 'WRONG_PASSWORD'
  readonly status = 403
  constructor() {
    super('This is not the current password')
  }
}

/** How hard a password is to guess: 0 (at once) to 4 (hardly), as zxcvbn counts. */
export interface Strength {
  score: number
  warning: string | null
  suggestions: readonly string[]
}

/** Guesses a password the way attackers do; `about` is what they know of its owner. */
export type EstimateStrength = (password: string, about: readonly string[]) => Promise<Strength>

export interface PasswordPolicy {
  /** 0: nobody is asked how strong a password is. */
  minScore: number
  estimate: EstimateStrength
}

/** `path`: the field that it was given in. @throws WeakPassword */
export async function assertStrong(
  password: string,
  about: readonly string[],
  { minScore, estimate }: PasswordPolicy,
  path = '/body/password',
) {
  const length = [...password].length
  if (length < shortest || length > longest)
    throw new WeakPassword(`A password has ${shortest} to ${longest} characters`, path)
  if (minScore === 0) return
  const { score, warning, suggestions } = await estimate(password, about)
  if (score < minScore) throw new WeakPassword(warning ?? 'This password is easy to guess', path, suggestions)
}

/** What a guesser knows of somebody: address and name, whole and in parts. */
export function factsAbout({ email, name }: { email: string; name?: string | null }): string[] {
  const names = name ? [name, name.replaceAll(/\s/g, ''), ...name.split(/\s+/)] : []
  const words = [email, ...email.split(/[@.+_-]/), ...names]
  return [...new Set(words.filter((word) => word.length > 2))].slice(0, 20)
}
