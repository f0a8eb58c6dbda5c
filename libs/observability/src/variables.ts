import { Secret } from '@slipway/config'
import { Type, type Static, type TObject } from 'typebox'

/** Settings of logs, traces and error reports. Spread into a service's own schema. */
export const observabilityVariables = {
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'Least severe log line that is written',
  }),
  LOG_FORMAT: Type.Enum(['json', 'pretty'], {
    default: 'json',
    description: 'json: one Elastic Common Schema object a line; pretty: for people at a terminal',
  }),
  LOG_BODIES_RATIO: Type.Number({
    minimum: 0,
    maximum: 1,
    default: 1,
    description: 'Share of the traces whose requests and calls are logged with their bodies; failures always are',
  }),
  SENTRY_DSN: Type.Optional(
    Secret({ description: 'Sentry project that receives unexpected errors; none are sent without it' }),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      format: 'uri',
      description: 'OpenTelemetry collector (OTLP over HTTP); spans are not exported without it',
    }),
  ),
  TRACE_DIR: Type.Optional(
    Type.String({
      description:
        'Folder that keeps the latest spans in a bounded store for `slipway trace`; for one machine, not production',
    }),
  ),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    minimum: 0,
    maximum: 1,
    default: 1,
    description: 'Share of the traces started here that is exported; a caller’s own decision is kept',
  }),
}

export type ObservabilitySettings = Static<TObject<typeof observabilityVariables>>
