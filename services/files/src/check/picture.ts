import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ImageLimits } from '@slipway/contracts/files'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { Rejected, type Candidate, type Check, type Replacement } from './check.ts'

// what one file took of memory is given back, and one file takes one core
sharp.cache(false)
sharp.concurrency(1)

const formats: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'image/png': (picture) => picture.png({ compressionLevel: 7 }),
  'image/jpeg': (picture) => picture.jpeg({ quality: 88 }),
  'image/webp': (picture) => picture.webp({ quality: 88 }),
}

/**
 * Decodes a picture within limits and writes it anew, turned as its metadata says: whatever else was in it, such as where
 * it was taken, is gone.
 */
export const picture: Check = async (candidate) => {
  const { contentType, policy } = candidate
  const write = formats[contentType]
  if (!write || !policy.image) return
  const decoded = sharp(candidate.path, {
    animated: contentType === 'image/webp',
    failOn: 'error',
    limitInputPixels: policy.image.maxPixels,
    sequentialRead: true,
  })
  await judgeSize(decoded, policy.image)
  return rewritten(write(decoded.autoOrient()), candidate)
}

async function judgeSize(decoded: Sharp, { maxSide, maxPixels }: ImageLimits) {
  const { width, height, pageHeight = height, pages = 1 } = await decoding<Metadata>(decoded.metadata())
  if (Math.max(width, pageHeight) > maxSide)
    throw new Rejected('IMAGE_TOO_LARGE', `Its sides have ${width} and ${pageHeight} pixels; ${maxSide} are allowed`)
  if (width * pageHeight * pages > maxPixels)
    throw new Rejected('IMAGE_TOO_LARGE', `It has more than ${maxPixels} pixels`)
}

async function rewritten(picture: Sharp, { folder, contentType, signal }: Candidate): Promise<Replacement> {
  const path = join(folder, 'picture')
  await decoding(picture.toFile(path))
  signal.throwIfAborted()
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash, { signal })
  return { path, contentType, size: (await stat(path)).size, sha256: hash.digest('hex') }
}

/** What libvips cannot decode is the file’s own fault; a disk that is full is not. */
const decoding = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    const { message } = error as Error
    if (/pixel limit/i.test(message)) throw new Rejected('IMAGE_TOO_LARGE', 'It has too many pixels')
    if (/no space left|unable to open for write|out of memory|write error/i.test(message)) throw error
    throw new Rejected('IMAGE_UNREADABLE', 'The picture is damaged')
  })
