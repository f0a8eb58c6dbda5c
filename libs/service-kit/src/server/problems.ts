import { AppError, problemMediaType, toProblem } from '@slipway/errors'
import { asDatabaseUnavailable } from '@slipway/database'
import { SpanStatusCode, type Observability } from '@slipway/observability'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './app.ts'
import { BadRequest, RouteNotFound, ValidationFailed } from './errors.ts'
import { fieldErrors } from './validation.ts'

/** Fastify’s own refusals (https://fastify.dev/docs/latest/Reference/Errors/) in our words. */
const refusals: Record<string, [code: string, status: number, detail: string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 415, 'The content type is not supported here'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 413, 'The body is too large'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['INVALID_JSON', 400, 'The body is not valid JSON'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['INVALID_JSON', 400, 'The body is empty, but the content type is JSON'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['INVALID_CONTENT_LENGTH', 400, 'The body is not as long as Content-Length says'],
  FST_ERR_BAD_URL: ['INVALID_URL', 400, 'The URL is not valid'],
  FST_ERR_MAX_PARAM_LENGTH: ['INVALID_URL', 414, 'A part of the path is too long'],
}

/** One renderer for every error: expected ones are logged at info or warn, unexpected ones at error and reported. */
export function renderProblems(app: App, observability: Observability) {
  const render = (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const error = asAppError(thrown)
    const problem = toProblem(error, {
      instance: request.url.split('?', 1)[0] ?? '/',
      traceId: observability.context.get()?.traceId ?? '',
    })
    if (error instanceof AppError) {
      const level = error.status >= 500 ? 'warn' : 'info'
      request.log[level]({ err: error.status >= 500 ? error : undefined, code: error.code }, error.message)
      reply.headers(error.headers)
    } else {
      request.log.error({ err: error }, 'unexpected error')
      observability.captureException(error)
      observability.context.get()?.span.setStatus({ code: SpanStatusCode.ERROR })
    }
    return reply
      .status(problem.status)
      .type(problemMediaType)
      .serializer((body: unknown) => JSON.stringify(body))
      .send(problem)
  }

  app.setErrorHandler(render)
  app.setNotFoundHandler((request, reply) => render(new RouteNotFound(), request, reply))
  return render
}

function asAppError(thrown: unknown): unknown {
  const error = asDatabaseUnavailable(thrown)
  if (error instanceof AppError || !(error instanceof Error)) return error
  const { validation, validationContext = 'body', code, statusCode } = error as FastifyError
  if (validation) return new ValidationFailed(fieldErrors(validationContext, validation))
  const refusal = refusals[code]
  if (refusal) return new BadRequest(...refusal)
  // other refusals of the HTTP layer, such as a duplicated __proto__ key
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return new BadRequest('BAD_REQUEST', statusCode, 'The request cannot be read')
  return error
}
