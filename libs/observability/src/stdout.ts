import { createRequire } from 'node:module'
import { destination, type DestinationStream } from 'pino'
import type { PinoPretty } from 'pino-pretty'

const maxBuffered = 32 * 1024 * 1024
const hidden = [
  ...['process.pid', 'host.hostname', 'ecs.version', 'event.dataset'],
  ...['service.name', 'service.version', 'span.id', 'http.request.id'],
]
const destinations = new Map<'json' | 'pretty', DestinationStream>()

/**
 * Standard output belongs to the process: services in one process share its buffer, so that lines never interleave.
 * Writing is asynchronous; the buffer is written out on exit, and lines are dropped when it is full.
 */
export function stdout(format: 'json' | 'pretty'): DestinationStream {
  let stream = destinations.get(format)
  if (!stream) destinations.set(format, (stream = format === 'pretty' ? pretty() : json()))
  return stream
}

const json = () => destination({ dest: 1, sync: false, minLength: 0, maxLength: maxBuffered })

/** Loaded only when asked for, and in this thread: a worker thread would lose lines on exit. */
function pretty(): DestinationStream {
  const build = createRequire(import.meta.url)('pino-pretty') as typeof PinoPretty
  return build({
    sync: true,
    messageKey: 'message',
    levelKey: 'log\\.level',
    timestampKey: '@timestamp',
    translateTime: 'SYS:HH:MM:ss.l',
    messageFormat: '{service\\.name}: {message}',
    ignore: hidden.map((key) => key.replaceAll('.', '\\.')).join(','),
    singleLine: true,
  })
}
