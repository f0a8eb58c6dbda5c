import { createReadStream } from 'node:fs'

/** Which of the texts (lower-case Latin-1) are somewhere in a file, whatever their case. One chunk is held at a time. */
export async function findBytes(path: string, texts: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const overlap = Math.max(...texts.map(({ length }) => length)) - 1
  const missing = new Set(texts)
  let rest = ''
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
    const text = rest + chunk.toString('latin1').toLowerCase()
    for (const wanted of missing) if (text.includes(wanted)) missing.delete(wanted)
    if (missing.size === 0) break
    rest = text.slice(-overlap)
  }
  return texts.filter((text) => !missing.has(text))
}
