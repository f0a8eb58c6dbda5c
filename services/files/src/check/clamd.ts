import { createReadStream } from 'node:fs'
import { connect } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'

/** The antivirus cannot be asked, or did not say that the file is clean. */
export class AntivirusFailed extends Error {
  override readonly name = 'AntivirusFailed'
}

/**
 * Has clamd look at a file (INSTREAM, https://docs.clamav.net/manual/Usage/Scanning.html#clamd): the name of what it
 * found, or undefined for a clean one.
 *
 * @throws AntivirusFailed for every answer but these two
 */
export async function scan(url: string, path: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = (await ask(url, path, signal)).replaceAll('\0', '').trim()
  if (answer === 'stream: OK') return undefined
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (found) return found
  throw new AntivirusFailed(`clamd answered "${answer.slice(0, 200)}"`)
}

async function ask(url: string, path: string, signal: AbortSignal): Promise<string> {
  const { protocol, hostname, port, pathname } = new URL(url)
  const socket = connect(protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port) })
  const abort = () => socket.destroy(new AntivirusFailed('clamd took too long'))
  signal.addEventListener('abort', abort)
  try {
    const answer = text(socket)
    answer.catch(() => {}) // whatever goes wrong comes out of the pipeline as well
    socket.write('zINSTREAM\0')
    // an answer may come before the end: clamd takes no more than its StreamMaxLength
    await Promise.race([pipeline(createReadStream(path), new Chunks(), socket, { end: false }), answer])
    return await answer
  } catch (error) {
    throw new AntivirusFailed('clamd cannot be asked', { cause: error })
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

/** Each chunk behind its length; one of no length ends the stream. */
class Chunks extends Transform {
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void) {
    this.push(lengthOf(chunk))
    this.push(chunk)
    done()
  }
  override _flush(done: () => void) {
    this.push(Buffer.alloc(4))
    done()
  }
}

function lengthOf({ length }: Buffer) {
  const field = Buffer.alloc(4)
  field.writeUInt32BE(length)
  return field
}
