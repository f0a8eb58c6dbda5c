import { pipeline } from 'node:stream/promises'
import { Writable, type Readable } from 'node:stream'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { Rejected, type Candidate, type Check } from './check.ts'
import { programIn } from './executable.ts'

/** What a document may unfold to: far more than any that people write. */
export const zipLimits = { entries: 10_000, bytes: 256 * 1_048_576, ratio: 200, ratioFrom: 1_048_576 }

const macros = /(^|\/)(vbaproject\.bin|vbadata\.xml)$|^(word|xl|ppt)\/(activex|macrosheets)\//i
const archives = /\.(zip|jar|war|apk|rar|7z|tar|gz|tgz|bz2|xz|iso|cab)$/i
const programs = /\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|sh|py|php)$/i
const contentTypes = '[content_types].xml'
/** Longest list of content types that is read whole. */
const listBytes = 1_048_576

/** Documents of Office are ZIP archives: without macros, programs and archives in them, and of a decent size unfolded. */
export const office: Check = async (candidate) => {
  if (!candidate.contentType.startsWith('application/vnd.openxmlformats-officedocument.')) return
  if (!candidate.head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')))
    throw new Rejected('POLYGLOT', 'Something stands before the document')
  const zip = await unreadable(openPromise(candidate.path, { strictFileNames: true, autoClose: false }))
  try {
    await checkEntries(zip, candidate)
  } finally {
    zip.close()
  }
}

async function checkEntries(zip: ZipFile, { signal, tail }: Candidate) {
  if (zip.comment.length > 0 || tail.readUInt32LE(tail.length - 22) !== 0x0605_4b50)
    throw new Rejected('POLYGLOT', 'Something stands after the document')
  if (zip.entryCount > zipLimits.entries) throw bomb()
  let total = 0
  let entries = 0
  const ends = zip.eachEntry()
  for (;;) {
    const { done, value: entry } = await unreadable(ends.next() as Promise<IteratorResult<Entry, undefined>>)
    if (done) break
    signal.throwIfAborted()
    if (++entries > zipLimits.entries) throw bomb()
    judgeName(entry)
    if (entry.isEncrypted()) throw new Rejected('ARCHIVE_NOT_ALLOWED', 'It is encrypted: nobody can look into it')
    const unfolded = await unfold(zip, entry, zipLimits.bytes - total, signal)
    total += unfolded
    if (unfolded > zipLimits.ratioFrom && unfolded > entry.compressedSize * zipLimits.ratio) throw bomb()
  }
}

function judgeName({ fileName }: Entry) {
  if (macros.test(fileName)) throw new Rejected('MACROS', 'The document holds macros')
  if (archives.test(fileName)) throw new Rejected('ARCHIVE_NOT_ALLOWED', 'The document holds another archive')
  if (programs.test(fileName)) throw new Rejected('EXECUTABLE', 'The document holds a program')
}

/** Inflates an entry without keeping it, whatever size it claims. Answers how many bytes there were. */
async function unfold(zip: ZipFile, entry: Entry, most: number, signal: AbortSignal): Promise<number> {
  if (entry.fileName.endsWith('/')) return 0
  if (entry.uncompressedSize > most) throw bomb()
  const stream: Readable = await unreadable(zip.openReadStreamPromise(entry))
  const isList = entry.fileName.toLowerCase() === contentTypes
  const kept: Buffer[] = []
  let bytes = 0
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (bytes === 0 && programIn(chunk) && chunk[0] !== 0x23)
        return done(new Rejected('EXECUTABLE', 'The document holds a program'))
      bytes += chunk.length
      if (isList && bytes <= listBytes) kept.push(chunk)
      done(bytes > most ? bomb() : null)
    },
  })
  await unreadable(pipeline(stream, count, { signal }))
  if (isList && /macroenabled|vbaproject/i.test(Buffer.concat(kept).toString('utf8')))
    throw new Rejected('MACROS', 'The document says that it holds macros')
  return bytes
}

const bomb = () => new Rejected('ZIP_BOMB', 'It unfolds to far more than a document has')

/** What cannot be read as a ZIP archive is the file’s own fault; an abort is not. */
const unreadable = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof Rejected || (error as Error).name === 'AbortError' || isOurs(error)) throw error
    throw new Rejected('TYPE_MISMATCH', 'The document cannot be read')
  })

/** Errors of the file system, such as a full disk. */
const isOurs = (error: unknown) => typeof (error as NodeJS.ErrnoException).errno === 'number' && !isZlib(error)
const isZlib = (error: unknown) => String((error as NodeJS.ErrnoException).code).startsWith('Z_')
