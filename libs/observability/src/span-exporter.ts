import { ExportResultCode, type ExportResult } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'

const silenceMs = 60_000

/** Loads the OTLP exporter with the first batch, and tells of a collector that does not answer once a minute. */
export class LazySpanExporter implements SpanExporter {
  readonly #url: string
  readonly #warn: (error: unknown) => void
  #exporter: Promise<SpanExporter> | undefined
  #silentUntil = 0

  constructor(endpoint: string, warn: (error: unknown) => void) {
    this.#url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
    this.#warn = warn
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const failed = (error: Error | undefined) => {
      this.#tell(error)
      done({ code: ExportResultCode.FAILED, ...(error && { error }) })
    }
    this.#load().then(
      (exporter) =>
        exporter.export(spans, (result) =>
          result.code === ExportResultCode.SUCCESS ? done(result) : failed(result.error),
        ),
      failed,
    )
  }

  async shutdown(): Promise<void> {
    await (await this.#exporter)?.shutdown()
  }

  #load(): Promise<SpanExporter> {
    this.#exporter ??= import('@opentelemetry/exporter-trace-otlp-http').then(
      ({ OTLPTraceExporter }) => new OTLPTraceExporter({ url: this.#url }),
    )
    return this.#exporter
  }

  #tell(error: unknown) {
    if (Date.now() < this.#silentUntil) return
    this.#silentUntil = Date.now() + silenceMs
    this.#warn(error)
  }
}
