import { findClient } from './clients.ts'

export interface ClientSecret {
  clientId: string
  secret: string
}

const shortest = 16

/** Reads `id:secret`, comma separated. @throws Error that names the wrong entry by its number */
export function readClientSecrets(text: string): ClientSecret[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const colon = entry.indexOf(':')
      const [clientId, secret] = [entry.slice(0, colon), entry.slice(colon + 1)]
      if (colon < 1) throw new Error(`entry ${index + 1} is not id:secret`)
      if (!findClient(clientId)) throw new Error(`entry ${index + 1} names an unknown client`)
      if (secret.length < shortest)
        throw new Error(`entry ${index + 1} has a secret of less than ${shortest} characters`)
      return { clientId, secret }
    })
}
