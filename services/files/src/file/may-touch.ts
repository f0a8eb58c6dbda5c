import { policies, type UploadPolicy } from '@slipway/contracts/files'
import { may, type Caller } from '@slipway/service-kit'
import type { StoredFile } from './file.ts'

/** Whose quota an upload of the caller counts against. */
export const ownerOf = ({ kind, id }: Pick<Caller, 'kind' | 'id'>) => `${kind === 'service' ? 'service' : 'user'}:${id}`

/** Whoever asked for the upload. */
export const isOwner = ({ owner }: StoredFile, caller: Caller) => owner === ownerOf(caller)

/** Its owner, the service that it belongs to, and people with the right that its purpose asks for. */
export function mayTouch(file: StoredFile, caller: Caller): boolean {
  if (isOwner(file, caller)) return true
  if (caller.kind === 'service') return caller.id === file.ownerService
  const { users }: UploadPolicy['uploaders'] = policies[file.purpose].uploaders
  return users !== true && may(caller, users.permission)
}
