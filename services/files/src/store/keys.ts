/** Bytes as they were sent: nothing here was checked. */
export const quarantine = 'quarantine/'
/** Bytes that passed. */
export const objects = 'objects/'

/** Folders by the last digits of the id, the random ones: none gets too full. */
const shard = (fileId: string) => fileId.slice(-2)

export const quarantineKey = (fileId: string) => `${quarantine}${shard(fileId)}/${fileId}`

/** Each check puts its result under a key of its own: one that was given up cannot replace another’s. */
export const objectKey = (fileId: string, checkId: string) => `${objects}${shard(fileId)}/${fileId}.${checkId}`

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const key = new RegExp(`^(quarantine/[0-9a-f]{2}/${uuid}|objects/[0-9a-f]{2}/${uuid}\\.${uuid})$`)

export const isKey = (text: string) => key.test(text)

/** RFC 6266 and 5987: a plain name for old programs, and the name as it is. */
export function contentDisposition(filename: string, inline: boolean): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
