import { ReturnUrlNotAllowed } from './errors.ts'

/** Hosts that can stand in a Content-Security-Policy as they are. */
const plainOrigin = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/

/** Refuses what a browser must not be sent to, such as `javascript:`. @throws ReturnUrlNotAllowed */
export function checkReturnUrl(address: string): string {
  const url = URL.parse(address)
  if (!url || !plainOrigin.test(url.origin) || url.username || url.password) throw new ReturnUrlNotAllowed()
  return url.href
}
