import { policies, type File } from '@slipway/contracts/files'
import type { Deps } from '../deps.ts'
import type { StoredFile } from './file.ts'
import { publicUrl } from './public-url.ts'

type ViewDeps = Pick<Deps, 'objects' | 'clock' | 'settings'>

/** A file as the outside sees it; with a link while it can be downloaded. */
export async function viewOf(file: StoredFile, deps: ViewDeps): Promise<File> {
  const { id, purpose, subject, filename, status, size, contentType, sha256, rejection } = file
  return {
    id,
    purpose,
    subject,
    filename,
    status,
    size,
    contentType,
    sha256,
    rejection,
    ...(status === 'ready' && {
      download: await downloadOf(file, deps),
      publicUrl: publicUrl(deps.settings.PUBLIC_URL, file),
    }),
    expiresAt: (status === 'reserved' ? file.reservedUntil : file.expiresAt)?.toISOString(),
    createdAt: file.createdAt.toISOString(),
  }
}

/** A link that is good for some minutes. Private files are saved, never shown by the store’s own address. */
export async function downloadOf(file: StoredFile, { objects, clock, settings }: ViewDeps) {
  const expiresAt = new Date(clock.now().getTime() + settings.DOWNLOAD_TTL_MINUTES * 60_000)
  const { visibility, image } = { image: undefined, ...policies[file.purpose] }
  const url = await objects.downloadUrl({
    key: file.objectKey!,
    contentType: file.contentType,
    filename: file.filename,
    inline: visibility === 'public' && image !== undefined,
    expiresAt,
  })
  return { url, expiresAt: expiresAt.toISOString() }
}
