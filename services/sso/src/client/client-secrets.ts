import { isDeclared } from './clients.ts'

export interface ClientSecret {
  clientId: string
  secret: string
}

const shortest = 16
const most = 2

/** Reads `id:secret`, comma separated. @throws Error that names the wrong entry by its number */
export function readClientSecrets(text: string): ClientSecret[] {
  const counts = new Map<string, number>()
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const colon = entry.indexOf(':')
      const [clientId, secret] = [entry.slice(0, colon), entry.slice(colon + 1)]
      const wrong = (what: string) => new Error(`entry ${index + 1} ${what}`)
      if (colon < 1) throw wrong('is not id:secret')
      if (!isDeclared(clientId)) throw wrong('names an unknown client')
      if (secret.length < shortest) throw wrong(`has a secret of less than ${shortest} characters`)
      const count = (counts.get(clientId) ?? 0) + 1
      if (count > most) throw wrong(`is one secret too many for ${clientId}: ${most} count while it is changed`)
      counts.set(clientId, count)
      return { clientId, secret }
    })
}
