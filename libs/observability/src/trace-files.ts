import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ExportResultCode, hrTimeToMicroseconds, type ExportResult } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'

/** One finished span, as a line of a trace file holds it. */
export interface StoredSpan {
  traceId: string
  spanId: string
  /** Absent where the trace begins; it may be the span of a caller who keeps no trace here. */
  parentId?: string
  service: string
  name: string
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  /** Epoch microseconds. */
  startedAt: number
  /** Microseconds. */
  duration: number
  failed: boolean
  attributes: Readonly<Record<string, unknown>>
}

const kinds = {
  [SpanKind.INTERNAL]: 'internal',
  [SpanKind.SERVER]: 'server',
  [SpanKind.CLIENT]: 'client',
  [SpanKind.PRODUCER]: 'producer',
  [SpanKind.CONSUMER]: 'consumer',
} as const

interface TraceFilesOptions {
  folder: string
  service: string
  /** A file that has grown to this size becomes the older one, in the place of the older one before it. */
  maxBytes?: number
}

/**
 * Keeps the latest spans of one service as JSON lines in two files, `<service>.jsonl` and the older
 * `<service>.1.jsonl`: a bounded store for one machine, read by `slipway trace`.
 */
export class TraceFiles implements SpanExporter {
  readonly #options: Required<TraceFilesOptions>
  #size: number | undefined
  #writing: Promise<unknown> = Promise.resolve()

  constructor({ maxBytes = 16 * 1024 * 1024, ...options }: TraceFilesOptions) {
    this.#options = { maxBytes, ...options }
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const lines = spans.map((span) => `${JSON.stringify(this.#stored(span))}\n`).join('')
    this.#writing = this.#writing
      .then(() => this.#append(lines))
      .then(
        () => done({ code: ExportResultCode.SUCCESS }),
        (error: Error) => done({ code: ExportResultCode.FAILED, error }),
      )
  }

  async shutdown(): Promise<void> {
    await this.#writing
  }

  async #append(lines: string) {
    const { folder, service, maxBytes } = this.#options
    const file = join(folder, `${service}.jsonl`)
    if (this.#size === undefined) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      this.#size = await stat(file).then(
        ({ size }) => size,
        () => 0,
      )
    }
    if (this.#size > 0 && this.#size + lines.length > maxBytes) {
      await rename(file, join(folder, `${service}.1.jsonl`))
      this.#size = 0
    }
    await appendFile(file, lines, { mode: 0o600 })
    this.#size += Buffer.byteLength(lines)
  }

  #stored(span: ReadableSpan): StoredSpan {
    const { traceId, spanId } = span.spanContext()
    const { name, kind, startTime, duration, status, attributes, parentSpanContext } = span
    return {
      traceId,
      spanId,
      ...(parentSpanContext && { parentId: parentSpanContext.spanId }),
      service: this.#options.service,
      name,
      kind: kinds[kind],
      startedAt: hrTimeToMicroseconds(startTime),
      duration: hrTimeToMicroseconds(duration),
      failed: status.code === SpanStatusCode.ERROR,
      attributes,
    }
  }
}
