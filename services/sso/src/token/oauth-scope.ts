import formbody from '@fastify/formbody'
import { AppError } from '@slipway/errors'
import type { App } from '@slipway/service-kit'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { InvalidRequest, OAuthError } from './oauth-errors.ts'

/** Forms instead of JSON, RFC 6749 errors instead of problems, and nothing is cached: for the OAuth endpoints only. */
export async function oauthScope(app: App) {
  app.removeContentTypeParser('application/json')
  await app.register(formbody)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  })
  app.setErrorHandler((thrown: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const error = asOAuthError(thrown)
    if (!error) throw thrown // what is no fault of the request is rendered as everywhere
    request.log.info({ code: error.code }, error.message)
    return reply
      .status(error.status)
      .headers(error.headers)
      .send({ error: error.code, error_description: error.message })
  })
}

function asOAuthError(thrown: FastifyError): OAuthError | undefined {
  if (thrown instanceof OAuthError) return thrown
  if (thrown instanceof AppError) return undefined
  const [wrong] = thrown.validation ?? []
  if (wrong) {
    const field = wrong.instancePath.slice(1) || String(wrong.params['missingProperty'] ?? 'The body')
    return new InvalidRequest(`${field}: ${wrong.message ?? 'is wrong'}`)
  }
  const { statusCode = 500 } = thrown
  return statusCode < 500 ? new InvalidRequest('The request is not a form that can be read') : undefined
}
