import { dirname, basename } from 'node:path'
import send from '@fastify/send'
import { signed, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { DiskStore } from './disk-store.ts'
import { ObjectNotFound } from './errors.ts'
import { contentDisposition } from './keys.ts'

const access = signed('a link that Files has signed')
const schema = {
  hide: true,
  params: Type.Object({ '*': Type.String({ maxLength: 200 }) }),
  querystring: Type.Object({
    policy: Type.String({ maxLength: 4_096 }),
    signature: Type.String({ maxLength: 100 }),
  }),
}

/** Sends an object, or a range of it, as the signed link says. Nothing in it can run, whatever it is. */
export const sendObjectRoute: Route<{ disk: DiskStore }> = async (app, { deps: { disk } }) => {
  app.get('/store/*', { schema, config: { access } }, async ({ raw, params, query }, reply) => {
    const { path, grant } = disk.open(params['*'], query)
    const { type, statusCode, headers, stream } = await send(raw, basename(path), {
      root: dirname(path),
      cacheControl: false,
      contentType: false,
      index: false,
    })
    if (type === 'error' && statusCode === 404) throw new ObjectNotFound()
    return reply
      .code(statusCode)
      .headers(headers)
      .headers({
        'content-type': grant.contentType,
        'content-disposition': contentDisposition(grant.filename ?? 'file', grant.inline ?? false),
        'cache-control': 'private, max-age=300',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        // a page of another origin may show what it was given a link to
        'cross-origin-resource-policy': 'cross-origin',
      })
      .send(stream)
  })
}
