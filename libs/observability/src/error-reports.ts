import { AppError } from '@slipway/errors'
import type * as Sentry from '@sentry/node'
import type { RequestContext } from './context.ts'
import { scrub } from './scrub.ts'

export interface ErrorReports {
  capture(error: unknown, tags: Record<string, string>, context: RequestContext | undefined): void
  close(timeoutMs: number): Promise<void>
}

interface ErrorReportsOptions {
  dsn: string | undefined
  service: string
  version: string
  warn: (error: unknown) => void
}

/** Sends unexpected errors to Sentry through a client of its own: no `Sentry.init`, hence no hooks into the process. */
export function createErrorReports({ dsn, service, version, warn }: ErrorReportsOptions): ErrorReports {
  if (!dsn) return { capture: () => {}, close: async () => {} }
  const sentry = load(dsn, `${service}@${version}`)
  sentry.catch(warn)
  return {
    capture(error, tags, context) {
      if (error instanceof AppError) return
      void sentry.then(
        ({ client, Scope }) => {
          const scope = new Scope()
          scope.setTags({ service, ...tags, ...(context && { requestId: context.requestId }) })
          if (context?.caller) scope.setUser({ id: context.caller })
          if (context) scope.setContext('trace', { trace_id: context.traceId, span_id: context.spanId })
          client.captureException(
            error instanceof Error ? error : new Error('Something other than an Error was thrown'),
            {},
            scope,
          )
        },
        () => {},
      )
    },
    close: (timeoutMs) =>
      sentry.then(
        async ({ client }) => void (await client.close(timeoutMs)),
        () => {},
      ),
  }
}

async function load(dsn: string, release: string): Promise<{ client: Sentry.NodeClient; Scope: typeof Sentry.Scope }> {
  const { NodeClient, Scope, defaultStackParser, makeNodeTransport } = await import('@sentry/node')
  const client = new NodeClient({
    dsn,
    release,
    integrations: [],
    transport: makeNodeTransport,
    stackParser: defaultStackParser,
    includeServerName: false,
    enableRuntimeChannelInjection: false,
    sendClientReports: false,
    beforeSend: withoutPersonalData,
  })
  return { client, Scope }
}

/** Whatever else got into the event stays here: only the error, tags, the caller's id and the trace leave. */
function withoutPersonalData({
  user,
  request: _request,
  breadcrumbs: _crumbs,
  extra: _extra,
  ...event
}: Sentry.ErrorEvent): Sentry.ErrorEvent {
  for (const exception of event.exception?.values ?? []) {
    if (exception.value) exception.value = scrub(exception.value)
  }
  return { ...event, ...(user?.id && { user: { id: user.id } }) }
}
