import type { UploadForm } from '@slipway/contracts/files'

interface Sent {
  fields?: Record<string, string>
  filename?: string
}

/** What a browser makes of a form: its fields in their order, then the bytes. */
export function multipart({ fields }: Pick<UploadForm, 'fields'>, bytes: Uint8Array, { filename = 'blob' }: Sent = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('file', new Blob([new Uint8Array(bytes)]), filename)
  return body
}

/** The same as it goes over the line, with its content type. */
export async function encoded(form: Pick<UploadForm, 'fields'>, bytes: Uint8Array, sent: Sent = {}) {
  const body = new Response(multipart({ fields: { ...form.fields, ...sent.fields } }, bytes, sent))
  return {
    body: Buffer.from(await body.arrayBuffer()),
    headers: { 'content-type': body.headers.get('content-type') ?? '' },
  }
}

/** Sends a form to the store it is for. `fields` are changed in it first. */
export const sendForm = async (form: UploadForm, bytes: Uint8Array, sent: Sent = {}) =>
  fetch(form.url, { method: 'POST', ...(await encoded(form, bytes, sent)) })
