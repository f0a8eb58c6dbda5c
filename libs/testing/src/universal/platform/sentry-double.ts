import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { allowNetwork } from '../../network/allowed.ts'
import { listener } from '../../network/listener.ts'

/** An error that arrived, as Sentry would show it. */
export interface ErrorReport {
  message: string
  /** The whole event, to look for what must not be in it. */
  raw: string
}

export interface SentryDouble {
  dsn: string
  reports: readonly ErrorReport[]
  close(): Promise<void>
}

/** A local Sentry: takes envelopes (https://develop.sentry.dev/sdk/data-model/envelopes/) and keeps their errors. */
export async function startSentryDouble(): Promise<SentryDouble> {
  const reports: ErrorReport[] = []
  const server = createServer(
    listener(async (request, response) => {
      const zipped = request.headers['content-encoding'] === 'gzip'
      reports.push(...errorsIn(await text(zipped ? request.pipe(createGunzip()) : request)))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const closeNetwork = allowNetwork(`http://127.0.0.1:${port}`)
  const dsn = `http://publickey@127.0.0.1:${port}/1`
  return {
    dsn,
    reports,
    async close() {
      closeNetwork()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface SentryEvent {
  exception?: { values?: readonly { value?: string }[] }
}

/** An envelope is a header line, then a header line and a payload line for each item. */
function errorsIn(envelope: string): ErrorReport[] {
  const [, ...lines] = envelope.split('\n')
  return lines.flatMap((line, at) => {
    if (at % 2 === 1 || line === '') return []
    const { type } = JSON.parse(line) as { type?: string }
    const raw = lines[at + 1] ?? ''
    if (type !== 'event') return []
    const { exception } = JSON.parse(raw) as SentryEvent
    return [{ message: exception?.values?.at(-1)?.value ?? '', raw }]
  })
}
