import { createReadStream } from 'node:fs'

/** Which of the texts (lower-case Latin-1) are somewhere in a file, whatever the case of their letters. One chunk is held at a time. */
export async function findBytes(path: string, texts: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const overlap = Math.max(...texts.map(({ length }) => length)) - 1
  const missing = new Map(texts.map((text) => [text, Buffer.from(text, 'latin1')]))
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, lowered(chunk)])
    for (const [text, wanted] of missing) if (bytes.includes(wanted)) missing.delete(text)
    if (missing.size === 0) break
    rest = bytes.subarray(-overlap)
  }
  return texts.filter((text) => !missing.has(text))
}

/** A to Z in place: several times as fast as by way of a string. */
function lowered(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte >= 0x41 && byte <= 0x5a) bytes[at] = byte + 0x20
  }
  return bytes
}
