import { NewUpload, Reservation } from '@slipway/contracts/files'
import { anyOf, delegated, service, user, type Route } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { judgeUpload } from './judge-upload.ts'
import { reserve } from './reserve.ts'

const schema = {
  summary: 'Reserve an upload; answers the form to send to the object store',
  tags: ['uploads'],
  body: NewUpload,
  response: { 201: Reservation },
}
const access = anyOf(user(), delegated(), service())

export const reserveUploadRoute: Route<Pick<Deps, 'transaction' | 'objects' | 'clock' | 'newId' | 'settings'>> = async (
  app,
  { deps },
) => {
  const ttlMs = deps.settings.UPLOAD_TTL_MINUTES * 60_000
  app.post('/v1/uploads', { schema, config: { access } }, async ({ caller, body: upload }, reply) => {
    const { policy, subject } = judgeUpload(caller, upload)
    const { ownerService } = policy
    const file = reserve({ id: deps.newId(), caller, upload, subject, ownerService, now: deps.clock.now(), ttlMs })
    await deps.transaction(async (tx) => {
      await tx.usages.take(file, policy)
      await tx.files.insert(file)
    })
    const { quarantineKey: key, reservedUntil: expiresAt, size, contentType, sha256 } = file
    const form = await deps.objects.uploadForm({ key, size, contentType, sha256, expiresAt })
    return reply.code(201).send({ fileId: file.id, upload: form })
  })
}
