import { File } from '@slipway/contracts/files'
import { Id } from '@slipway/contracts/primitives'
import { anyOf, delegated, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { FileNotFound } from '../file/errors.ts'
import type { StoredFile } from '../file/file.ts'
import { viewOf } from '../file/file-view.ts'
import { isOwner } from '../file/may-touch.ts'
import { NotUploaded, UploadExpired } from './errors.ts'
import { noteUpload } from './note-upload.ts'

const schema = {
  summary: 'Say that the file is uploaded; it is checked then. Safe to repeat',
  tags: ['uploads'],
  params: Type.Object({ fileId: Id }),
  response: { 202: File },
}
const access = anyOf(user(), delegated(), service())

export const completeUploadRoute: Route<
  Pick<Deps, 'transaction' | 'files' | 'objects' | 'clock' | 'settings'>
> = async (app, { deps }) => {
  app.post('/v1/uploads/:fileId/complete', { schema, config: { access } }, async ({ caller, params }, reply) => {
    const found = await deps.files.find(params.fileId)
    if (!found || !isOwner(found, caller)) throw new FileNotFound()
    const file = found.status === 'reserved' ? await note(found, deps) : found
    if (file.status === 'expired' && !file.expiresAt) throw new UploadExpired()
    return reply.code(202).send(await viewOf(file, deps))
  })
}

/** Only for the first who says it: who locks the file needlessly hides it from the job that checks. */
async function note(
  { id, quarantineKey }: StoredFile,
  { transaction, objects }: Pick<Deps, 'transaction' | 'objects'>,
) {
  if (!(await objects.head(quarantineKey))) throw new NotUploaded()
  const file = await transaction((tx) => noteUpload(tx, id))
  if (!file) throw new FileNotFound()
  return file
}
