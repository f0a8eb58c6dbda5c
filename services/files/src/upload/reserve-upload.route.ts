import { NewUpload, Reservation } from '@slipway/contracts/files'
import { AppError } from '@slipway/errors'
import { anyOf, delegated, service, user, type Caller, type Route } from '@slipway/service-kit'
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

type ReserveDeps = Pick<Deps, 'transaction' | 'objects' | 'clock' | 'newId' | 'settings' | 'metrics'>

export const reserveUploadRoute: Route<ReserveDeps> = async (app, { deps }) => {
  app.post('/v1/uploads', { schema, config: { access } }, async ({ caller, body: upload }, reply) => {
    const file = await take(deps, caller, upload).catch((error: unknown) => {
      if (error instanceof AppError) deps.metrics.refused(upload.purpose, error.code)
      throw error
    })
    const { quarantineKey: key, reservedUntil: expiresAt, size, contentType, sha256 } = file
    const form = await deps.objects.uploadForm({ key, size, contentType, sha256, expiresAt })
    return reply.code(201).send({ fileId: file.id, upload: form })
  })
}

/** The reservation, with its part of the quota. */
async function take({ transaction, newId, clock, settings }: ReserveDeps, caller: Caller, upload: NewUpload) {
  const { policy, subject } = judgeUpload(caller, upload)
  const { ownerService } = policy
  const ttlMs = settings.UPLOAD_TTL_MINUTES * 60_000
  const file = reserve({ id: newId(), caller, upload, subject, ownerService, now: clock.now(), ttlMs })
  await transaction(async (tx) => {
    await tx.usages.take(file, policy)
    await tx.files.insert(file)
    tx.tally.became(file, 'reserved')
  })
  return file
}
