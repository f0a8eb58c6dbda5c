import multipart, { type Multipart } from '@fastify/multipart'
import { signed, type Route } from '@slipway/service-kit'
import type { FastifyRequest } from 'fastify'
import type { DiskStore } from './disk-store.ts'
import { UploadRefused } from './errors.ts'

const access = signed('a form that Files has signed')
const longestMs = 3_600_000
/** What a form’s own fields may add to the bytes of the file. */
const overheadBytes = 65_536
const limits = { fieldNameSize: 100, fieldSize: 8_192, fields: 20, files: 1, fileSize: Infinity, headerPairs: 50 }

/** Takes a file as S3 would: multipart/form-data, the signed fields first, then the bytes as `file`. */
export const receiveUploadRoute: Route<{ disk: DiskStore }> = async (app, { deps: { disk } }) => {
  await app.register(multipart, { limits })
  // the server’s own 30 s are for small requests: a large file over a slow line takes longer
  app.server.requestTimeout = longestMs

  app.post('/store/uploads', { schema: { hide: true }, config: { access } }, async (request, reply) => {
    if (!request.isMultipart()) throw new UploadRefused('Send the form as multipart/form-data', 415)
    if (!(await receive(request, disk).catch(refuseIfBroken)))
      throw new UploadRefused('The form has no field "file", which comes last')
    return reply.code(204).send()
  })
}

/** False when there was no file. */
async function receive(request: FastifyRequest, disk: DiskStore): Promise<boolean> {
  const fields: Record<string, string> = {}
  let received = false
  for await (const part of request.parts() as AsyncIterable<Multipart>) {
    if (part.type === 'field') fields[part.fieldname] = textOf(part.value)
    else if (part.fieldname !== 'file') throw new UploadRefused('The bytes belong into the field "file"')
    else {
      const { size = 0 } = disk.allowed(fields)
      if (Number(request.headers['content-length'] ?? 0) > size + overheadBytes)
        throw new UploadRefused(`More than the reserved ${size} bytes are coming`, 413)
      await disk.receive(fields, part.file)
      received = true
    }
  }
  return received
}

/** A field that says it is JSON is parsed. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new UploadRefused('The fields of the form are texts')
}

/** The parser tells of a broken form in bare errors without a code; those of the system have one. */
function refuseIfBroken(error: unknown): never {
  const isBare = error instanceof Error && error.constructor === Error && !('code' in error)
  throw isBare ? new UploadRefused(`The form cannot be read: ${error.message}`) : error
}
