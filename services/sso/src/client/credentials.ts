import { InvalidClient, InvalidRequest } from '../token/oauth-errors.ts'

export interface Credentials {
  id: string
  secret: string
}

interface Given {
  authorization?: string
  client_id?: string
  client_secret?: string
}

/**
 * Client id and secret from HTTP Basic or from the form (RFC 6749 section 2.3.1); undefined when there is no secret.
 *
 * @throws InvalidClient, InvalidRequest for both ways at once
 */
export function readCredentials({ authorization, client_id, client_secret }: Given): Credentials | undefined {
  if (authorization === undefined) {
    if (client_secret === undefined) return undefined
    if (client_id === undefined) throw new InvalidRequest('client_id is missing')
    return { id: client_id, secret: client_secret }
  }
  const credentials = readBasic(authorization)
  if (client_secret !== undefined) throw new InvalidRequest('Credentials are given in two ways')
  if (client_id !== undefined && client_id !== credentials.id)
    throw new InvalidRequest('client_id is not the one of the Authorization header')
  return credentials
}

function readBasic(authorization: string): Credentials {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1]
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  if (id === undefined || secret === undefined) throw new InvalidClient()
  try {
    return { id: formDecode(id), secret: formDecode(secret) }
  } catch {
    throw new InvalidClient()
  }
}

/** Both parts are form-encoded before they are joined (RFC 6749 appendix B). @throws URIError */
const formDecode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
