import formbody from '@fastify/formbody'
import { problemMediaType, type Problem } from '@slipway/errors'
import type { App } from '@slipway/service-kit'
import { contentSecurityPolicy } from './document.ts'
import { failure } from './result.ts'

/** A scope of documents for people: forms are read, nothing is cached or framed, and errors are documents too. */
export async function forBrowsers(scope: App) {
  await scope.register(formbody, { bodyLimit: 4_096 })

  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('content-security-policy', contentSecurityPolicy())
  })

  scope.addHook('onSend', async (_request, reply, payload) => {
    if (!String(reply.getHeader('content-type')).startsWith(problemMediaType)) return payload
    const { status, detail } = JSON.parse(String(payload)) as Problem
    reply.type('text/html; charset=utf-8')
    return failure(status === 404 ? 'This page does not exist' : 'This did not work', `${detail}.`)
  })
}
