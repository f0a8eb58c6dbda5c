import { policies } from '@slipway/contracts/files'
import type { Deps } from '../deps.ts'
import type { StoredFile } from '../file/file.ts'
import type { Kept } from '../file/file.ts'
import { Rejected, type Candidate, type Check } from './check.ts'
import { copyLocally } from './local-copy.ts'
import { runChecks } from './run-checks.ts'

export interface CheckDeps extends Pick<Deps, 'objects'> {
  checks: readonly Check[]
  dir: string | undefined
}

/**
 * Checks what was uploaded and puts just that, or what is to be kept instead of it, where the file’s `objectKey` says.
 *
 * @throws Rejected; ObjectChanged when the form was sent again meanwhile: then there is something else to check
 */
export async function checkUpload(
  file: StoredFile,
  { objects, checks, dir }: CheckDeps,
  signal: AbortSignal,
): Promise<Kept> {
  const { quarantineKey, objectKey, filename, size, sha256, contentType, purpose } = file
  const stored = await objects.head(quarantineKey)
  if (!stored) throw new Rejected('NOT_UPLOADED', 'There is nothing where it should have been uploaded to')
  if (stored.size !== size)
    throw new Rejected('SIZE_MISMATCH', `${stored.size} bytes were uploaded, ${size} were announced`)

  const copy = await copyLocally(await objects.read(quarantineKey, stored.etag, signal), dir, signal)
  try {
    const announced = { filename, size, sha256 }
    const candidate: Candidate = { ...copy, announced, contentType, policy: policies[purpose], signal }
    const replacement = await runChecks(candidate, checks)
    const kept: Kept = { size: copy.size, sha256: copy.sha256, contentType, ...(replacement && keptOf(replacement)) }
    if (replacement) await objects.put(objectKey!, replacement.path, kept, signal)
    else await objects.copy(quarantineKey, objectKey!, { etag: stored.etag, ...kept }, signal)
    return kept
  } finally {
    await copy.remove()
  }
}

const keptOf = ({ size, sha256, contentType }: Kept): Kept => ({ size, sha256, contentType })
