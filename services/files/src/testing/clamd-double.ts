import { once } from 'node:events'
import { createServer } from 'node:net'
import { allowNetwork } from '@slipway/testing'

/** Speaks INSTREAM as clamd does and says `answer` to what came; closes without a word when it is undefined. */
export async function clamdDouble(answer: (bytes: Buffer) => string | undefined) {
  const server = createServer((socket) => {
    const parts: Buffer[] = []
    socket.on('error', () => {})
    socket.on('data', (part: Buffer) => {
      parts.push(part)
      const bytes = readStream(Buffer.concat(parts))
      if (bytes) socket.end(answer(bytes) ?? '')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const disallow = allowNetwork(`tcp://127.0.0.1:${port}`)
  return {
    url: `tcp://127.0.0.1:${port}`,
    stop() {
      server.close()
      disallow()
    },
  }
}

const command = 'zINSTREAM\0'

/** All chunks, once the one of no length has come. */
function readStream(sent: Buffer): Buffer | undefined {
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= sent.length;) {
    const length = sent.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    if (at + 4 + length > sent.length) return undefined
    chunks.push(sent.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
