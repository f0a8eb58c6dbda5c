import type { ServerResponse } from 'node:http'
import { docsPage, docsPolicy } from '@slipway/platform'

/** Answers with the page for the APIs of these services, or a part of it, if that is what is asked for. */
export function answerDocs(path: string, services: Iterable<string>, response: ServerResponse): boolean {
  const page = path.startsWith('/docs') && docsPage([...services]).get(path.replace(/\/$/, ''))
  if (!page) return false
  response.writeHead(200, { 'content-type': page.type, 'content-security-policy': docsPolicy }).end(page.body)
  return true
}
