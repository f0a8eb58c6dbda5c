import { Id } from '@slipway/contracts/primitives'
import { anyOf, delegated, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { deleteFile } from './end-file.ts'
import { FileNotFound } from './errors.ts'
import { mayTouch } from './may-touch.ts'

const schema = {
  summary: 'Delete a file; its bytes go too',
  tags: ['files'],
  params: Type.Object({ fileId: Id }),
  response: { 204: Type.Null({ description: 'It is gone' }) },
}
const access = anyOf(user(), delegated(), service())

export const deleteFileRoute: Route<Pick<Deps, 'transaction'>> = async (app, { deps }) => {
  app.delete('/v1/files/:fileId', { schema, config: { access } }, async ({ caller, params }, reply) => {
    await deps.transaction(async (tx) => {
      const file = await tx.files.lock(params.fileId)
      if (!file || !mayTouch(file, caller)) throw new FileNotFound()
      await deleteFile(tx, file, 'DELETED')
    })
    return reply.code(204).send(null)
  })
}
