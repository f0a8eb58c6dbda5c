import { Rejected, type Check } from './check.ts'
import { findPdfName } from './find-pdf-name.ts'

/** Names (ISO 32000-1, 12.6.4) of what does something when the document is opened. */
const harms: ReadonlyMap<string, string> = new Map([
  ['JavaScript', 'a script'],
  ['Launch', 'an action that starts a program'],
  ['EmbeddedFile', 'another file'],
  ['EmbeddedFiles', 'another file'],
])

/**
 * Documents do nothing and hold no other files. A name can be written with #-codes; in a document that is not encrypted
 * nobody does so but to hide it. What is inside compressed objects is left to the antivirus.
 */
export const pdf: Check = async ({ path, contentType, signal }) => {
  if (contentType !== 'application/pdf') return
  const found = await findPdfName(path, (written) => harmOf(written) !== undefined, signal)
  if (found) throw new Rejected('ACTIVE_CONTENT', `The document holds ${harmOf(found)}`)
}

function harmOf(written: string): string | undefined {
  if (!written.includes('#')) return harms.get(written)
  // some readers end a name at a zero
  const [name = ''] = written.replace(code, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).split('\0')
  // a plain /JS is so short that it comes by chance
  return name === 'JS' ? 'a script that is hidden' : harms.get(name)
}

const code = /#([0-9a-f]{2})/gi
