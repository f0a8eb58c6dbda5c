import { createReadStream } from 'node:fs'

/**
 * Names (ISO 32000-1, 7.3.5), each up to the white space or delimiter that ends it; and, so as to pass them over, addresses:
 * texts without white space and brackets, in which nothing can hide that is no text.
 */
const tokens = /\([^\0\t\n\f\r ()<>[\]{}\\]*\)|\/([^\0\t\n\f\r ()<>[\]{}/%]+)(?=[\0\t\n\f\r ()<>[\]{}/%])/g

const chunkBytes = 262_144
/** Longer than any name or address should be. */
const overlap = 8_192

/** The first name, as it is written, that is wanted. One chunk is held at a time. */
export async function findPdfName(path: string, isWanted: (written: string) => boolean, signal?: AbortSignal) {
  let text = ''
  const options = { signal, highWaterMark: chunkBytes, encoding: 'latin1' } as const
  for await (const chunk of createReadStream(path, options) as AsyncIterable<string>) {
    text += chunk
    const { found, end } = firstOf(text, isWanted, text.length - overlap)
    if (found !== undefined) return found
    text = text.slice(end)
  }
  return firstOf(`${text}\n`, isWanted, Infinity).found
}

/** Of the tokens that begin before `until`, where what comes after the text may still belong to them. */
function firstOf(text: string, isWanted: (written: string) => boolean, until: number) {
  let end = Math.max(0, until)
  for (const { 0: whole, 1: name, index } of text.matchAll(tokens)) {
    if (index >= until) break
    if (name !== undefined && isWanted(name)) return { found: name, end }
    end = Math.max(end, index + whole.length)
  }
  return { found: undefined, end }
}
