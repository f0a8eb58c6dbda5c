import { policies, type NewUpload, type UploadPolicy } from '@slipway/contracts/files'
import { may, type Caller } from '@slipway/service-kit'
import { ExtensionNotAllowed, FileTooLarge, FileTooSmall, TypeNotAllowed, UploadNotAllowed } from './errors.ts'

type Asking = Pick<Caller, 'kind' | 'id' | 'permissions'>

/**
 * What the purpose’s policy says to an upload, and what it is about then.
 *
 * @throws UploadNotAllowed, FileTooLarge, FileTooSmall, ExtensionNotAllowed, TypeNotAllowed
 */
export function judgeUpload(caller: Asking, upload: NewUpload): { policy: UploadPolicy; subject: string } {
  const policy: UploadPolicy = policies[upload.purpose]
  const subject = subjectOf(policy, caller, upload)
  judgeFacts(policy, upload)
  return { policy, subject }
}

function subjectOf({ uploaders }: UploadPolicy, caller: Asking, { purpose, subject = caller.id }: NewUpload): string {
  if (caller.kind === 'service') {
    if (!uploaders.services.includes(caller.id))
      throw new UploadNotAllowed(`The service ${caller.id} may not upload for ${purpose}`)
    return subject
  }
  const { users, self } = uploaders
  if (users !== true && !may(caller as Caller, users.permission))
    throw new UploadNotAllowed(`Permission needed to upload for ${purpose}: ${users.permission}`)
  if (self && subject.toLowerCase() !== caller.id.toLowerCase())
    throw new UploadNotAllowed(`An upload for ${purpose} is about oneself`)
  return self ? caller.id : subject
}

function judgeFacts({ size: { min, max }, types }: UploadPolicy, { filename, size, contentType }: NewUpload) {
  if (size > max) throw new FileTooLarge(max)
  if (size < min) throw new FileTooSmall(min)
  const type = typeOf(types, filename)
  if (!type) throw new ExtensionNotAllowed(Object.keys(types))
  if (contentType !== type) throw new TypeNotAllowed(type)
}

/** The type that a file of this name has to be of; undefined when there may be no such file. */
export function typeOf(types: UploadPolicy['types'], filename: string): string | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase()
  return extension !== undefined && Object.hasOwn(types, extension) ? types[extension] : undefined
}
