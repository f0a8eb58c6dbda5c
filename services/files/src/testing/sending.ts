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

/** Sends a form to the store it is for. `fields` are changed in it first. */
export const sendForm = (form: UploadForm, bytes: Uint8Array, sent: Sent = {}) =>
  fetch(form.url, { method: 'POST', body: multipart({ fields: { ...form.fields, ...sent.fields } }, bytes, sent) })
