import { isRole, type Role } from '../role/roles.ts'
import { normalizeEmail } from './user.ts'

export interface Seed {
  email: string
  password: string
  roles: Role[]
}

/** Reads `email:password:role|role`, comma separated. @throws Error that names the wrong entry by its number */
export function readSeeds(text: string): Seed[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const [email, password, roles = '', ...rest] = entry.split(':')
      const names = roles.split('|').filter((role) => role !== '')
      if (!email?.includes('@') || !password || rest.length > 0)
        throw new Error(`entry ${index + 1} is not email:password:role|role`)
      if (!names.every(isRole)) throw new Error(`entry ${index + 1} names an unknown role`)
      return { email: normalizeEmail(email), password, roles: names }
    })
}
