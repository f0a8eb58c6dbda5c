import sharp from 'sharp'
import { zip, type ZipEntry } from './zip.ts'

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } })

export const png = (width = 32, height = 24) => blank(width, height).png().toBuffer()
export const jpeg = (width = 32, height = 24) => blank(width, height).jpeg().toBuffer()
export const webp = (width = 32, height = 24) => blank(width, height).webp().toBuffer()

/** A photo that tells where and with what it was taken, and lies on its side. */
export const photo = () =>
  blank(32, 24)
    .withExif({ IFD0: { Make: 'Secret Camera', Copyright: 'Jo' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export const pdf = (more = '') =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R ${more}>> endobj\n` +
      '2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
    'latin1',
  )

const types = (main: string) =>
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  `<Override PartName="/word/document.xml" ContentType="${main}"/></Types>`

const wordDocument = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const docx = (more: readonly ZipEntry[] = [], { comment = '', main = `${wordDocument}.main+xml` } = {}) =>
  zip(
    [
      { name: '[Content_Types].xml', data: types(main) },
      { name: '_rels/.rels', data: '<Relationships/>' },
      { name: 'word/document.xml', data: '<w:document>Hello</w:document>' },
      ...more,
    ],
    comment,
  )

export const contentTypes = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  pdf: 'application/pdf',
  docx: wordDocument,
} as const
