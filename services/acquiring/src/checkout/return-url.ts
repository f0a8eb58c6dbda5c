import { ReturnUrlNotAllowed } from './errors.ts'

/** Origins that payers may be sent back to, `http://localhost:*` being any port; undefined when the setting cannot be read. */
export function originsOf(settings: { RETURN_URL_ORIGINS: string; PUBLIC_URL: string }): string[] | undefined {
  const listed = settings.RETURN_URL_ORIGINS.split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const origins = [new URL(settings.PUBLIC_URL).origin, ...listed.map(originOf)]
  return origins.every((origin) => origin !== undefined) ? origins : undefined
}

const anyPort = /:\*$/

function originOf(text: string): string | undefined {
  const plain = text.replace(anyPort, '')
  const url = URL.parse(plain)
  if (!url || !isHttp(url) || url.host.includes('*') || plain.replace(/\/$/, '') !== url.origin) return undefined
  if (plain === text) return url.origin
  return url.port === '' ? `${url.origin}:*` : undefined
}

/** Anything else would make our payment page a way to send people anywhere. @throws ReturnUrlNotAllowed */
export function mustBeAllowed(returnUrl: string, origins: readonly string[]) {
  const url = URL.parse(returnUrl)
  if (!url || !isHttp(url) || url.username || url.password) throw new ReturnUrlNotAllowed()
  if (!origins.includes(url.origin) && !origins.includes(`${url.protocol}//${url.hostname}:*`))
    throw new ReturnUrlNotAllowed()
}

const isHttp = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:'
