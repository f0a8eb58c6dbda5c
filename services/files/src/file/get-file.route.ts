import { File } from '@slipway/contracts/files'
import { Id } from '@slipway/contracts/primitives'
import { anyOf, delegated, service, user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { FileNotFound } from './errors.ts'
import { viewOf } from './file-view.ts'
import { mayTouch } from './may-touch.ts'

const schema = {
  summary: 'A file, with a link to download it once it is ready',
  tags: ['files'],
  params: Type.Object({ fileId: Id }),
  response: { 200: File },
}
const access = anyOf(user(), delegated(), service())

export const getFileRoute: Route<Pick<Deps, 'files' | 'objects' | 'clock' | 'settings'>> = async (app, { deps }) => {
  app.get('/v1/files/:fileId', { schema, config: { access } }, async ({ caller, params }) => {
    const file = await deps.files.find(params.fileId)
    if (!file || !mayTouch(file, caller)) throw new FileNotFound()
    return viewOf(file, deps)
  })
}
