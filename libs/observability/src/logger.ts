import { ecsFormat } from '@elastic/ecs-pino-format'
import { AppError } from '@slipway/errors'
import { pino, type Bindings, type DestinationStream, type Logger } from 'pino'
import type { RequestContext } from './context.ts'
import { redact } from './redact.ts'
import { scrub } from './scrub.ts'

interface LoggerOptions {
  service: string
  version: string
  level: string
  destination: DestinationStream
  context: () => RequestContext | undefined
}

/** JSON lines in Elastic Common Schema, with trace, request and caller of the context and without secrets. */
export function createLogger({ service, version, level, destination, context }: LoggerOptions): Logger {
  const ecs = ecsFormat({ serviceName: service, serviceVersion: version, apmIntegration: false })
  const format = ecs.formatters?.log ?? ((fields: Record<string, unknown>) => fields)
  const formatError = ({ err, ...fields }: Record<string, unknown>) =>
    format({ ...(err instanceof AppError && { 'error.code': err.code }), ...fields, err })
  const logger = pino(
    {
      ...ecs,
      level,
      formatters: {
        ...ecs.formatters,
        log: (fields) => Object.assign(fieldsOf(context()), redact('err' in fields ? formatError(fields) : fields)),
      },
      hooks: { streamWrite: scrub },
    },
    destination,
  )
  const child = logger.child
  logger.child = function (this: Logger, bindings, options) {
    return child.call(this, redact(bindings) as Bindings, options)
  } as Logger['child']
  return logger
}

function fieldsOf(context: RequestContext | undefined): Record<string, unknown> {
  if (!context) return {}
  return {
    'trace.id': context.traceId,
    'span.id': context.spanId,
    'http.request.id': context.requestId,
    'user.id': context.caller,
    ...(redact(context.log) as Record<string, unknown>),
  }
}
