import { ReturnUrlNotAllowed } from './errors.ts'

/** Origins that payers may be sent back to; undefined when the setting cannot be read. */
export function originsOf(settings: { RETURN_URL_ORIGINS: string; PUBLIC_URL: string }): string[] | undefined {
  const listed = settings.RETURN_URL_ORIGINS.split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (listed.length === 0) return [new URL(settings.PUBLIC_URL).origin]
  const origins = listed.map(originOf)
  return origins.every((origin) => origin !== undefined) ? origins : undefined
}

function originOf(text: string): string | undefined {
  const url = URL.parse(text)
  const plain = url && /^https?:$/.test(url.protocol) && (text === url.origin || text === `${url.origin}/`)
  return plain ? url.origin : undefined
}

/** Anything else would make our payment page a way to send people anywhere. @throws ReturnUrlNotAllowed */
export function mustBeAllowed(returnUrl: string, origins: readonly string[]) {
  const url = URL.parse(returnUrl)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !origins.includes(url.origin))
    throw new ReturnUrlNotAllowed()
}
