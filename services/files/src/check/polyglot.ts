import { Rejected, type Candidate, type Check } from './check.ts'
import { findBytes } from './find-bytes.ts'

/** What another program would take the file for, wherever it stands in it. Lower-case, as it is looked for. */
const inPictures: Readonly<Record<string, string>> = {
  '<script': 'a script',
  '<?php': 'a PHP script',
  'rar!\x1a\x07': 'a RAR archive',
  '7z\xbc\xaf\x27\x1c': 'a 7z archive',
  'this program cannot be run in dos mode': 'a Windows program',
}

/** One file that is two: a picture or document that is an archive, a page or a program as well (GIFAR, PDF+ZIP). */
export const polyglot: Check = async (candidate) => {
  const { contentType, head, tail, size, policy } = candidate
  if (policy.archives === 'refused' || contentType === 'application/pdf') {
    if (endsAsZip(tail, size)) refuse('a ZIP archive')
  }
  if (!contentType.startsWith('image/')) return
  if (head.subarray(0, 1_024).includes('%PDF-')) refuse('a PDF document')
  const [found] = await findBytes(candidate.path, Object.keys(inPictures), candidate.signal)
  if (found) refuse(inPictures[found]!)
}

const refuse = (what: string): never => {
  throw new Rejected('POLYGLOT', `It is ${what} as well`)
}

const signature = Buffer.from('PK\x05\x06', 'latin1')

/**
 * Readers of ZIP look from the end for this record (APPNOTE.TXT 4.3.16), whatever comes before it. The list of entries
 * that it tells of has to fit into the file: four bytes alone come by chance.
 */
export function endsAsZip(tail: Candidate['tail'], size: number): boolean {
  for (let at = tail.lastIndexOf(signature); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(signature, at - 1)) {
    if (at + 22 > tail.length) continue
    const listBytes = tail.readUInt32LE(at + 12)
    const listAt = tail.readUInt32LE(at + 16)
    const recordAt = size - tail.length + at
    if (listBytes <= recordAt && (listAt <= recordAt || listAt === 0xffff_ffff)) return true
  }
  return false
}
