import { Type, type Static } from 'typebox'
import { defineEvent, Id } from '../primitives/index.ts'

/** `url` only of a public file that is ready; `reason` of one that was rejected, expired or deleted. */
const data = Type.Object({
  fileId: Id,
  ownerService: Type.String(),
  purpose: Type.String(),
  subject: Type.String(),
  url: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
})
export type FileEvent = Static<typeof data>

/** It passed every check and can be downloaded. */
export const FileReady = defineEvent('files.file.ready.v1', data)
/** It failed a check and is gone. */
export const FileRejected = defineEvent('files.file.rejected.v1', data)
/** It was never uploaded, or its time is over. */
export const FileExpired = defineEvent('files.file.expired.v1', data)
/** It is gone for good. */
export const FileDeleted = defineEvent('files.file.deleted.v1', data)
