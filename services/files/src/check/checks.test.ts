import { randomBytes } from 'node:crypto'
import { policies } from '@slipway/contracts/files'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { judged } from '../testing/judged.ts'
import { docx, jpeg, pdf, photo, png, webp } from '../testing/samples.ts'
import { zip } from '../testing/zip.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const jar = zip([{ name: 'Evil.class', data: 'x' }])

let picture: Buffer
beforeAll(async () => {
  picture = await png()
})

describe('what is right passes', () => {
  test.each([
    ['a.png', () => png()],
    ['a.jpg', () => jpeg()],
    ['a.JPEG', () => jpeg()],
    ['a.webp', () => webp()],
    ['a.pdf', () => pdf()],
    ['a.docx', () => docx()],
  ])('%s', async (name, make) => {
    expect(await judged(name, await make())).toMatchObject({ passed: true })
  })

  test('a document that is kept is just what was sent', async () => {
    expect(await judged('a.docx', docx())).toEqual({ passed: true, replacement: undefined })
  })
})

describe('programs are refused, whatever they are called', () => {
  test.each([
    ['ELF', '\x7fELF\x02\x01\x01'],
    ['PE', 'MZ\x90\x00'],
    ['Mach-O', '\xcf\xfa\xed\xfe'],
    ['universal Mach-O', '\xca\xfe\xba\xbe'],
    ['shell script', '#!/bin/sh\nrm -rf /'],
    ['shell script with a mark', '\xef\xbb\xbf#!/bin/sh\n'],
    ['WebAssembly', '\0asm\x01\0\0\0'],
    ['shortcut', 'L\0\0\0\x01\x14\x02\0'],
  ])('%s', async (_what, begin) => {
    for (const name of ['a.png', 'a.pdf', 'a.docx'])
      expect(await judged(name, Buffer.concat([latin1(begin), randomBytes(100)]))).toMatchObject({
        reason: 'EXECUTABLE',
      })
  })
})

describe('pages and drawings are refused', () => {
  test.each([
    ['HTML', latin1('<!DOCTYPE html><p>')],
    ['HTML after white space', latin1('\n\t  <HTML>')],
    ['SVG', latin1('<svg onload="alert(1)">')],
    ['XML', latin1('<?xml version="1.0"?><svg/>')],
    ['a comment before it', latin1('<!-- x --><script>alert(1)</script>')],
    ['UTF-16', Buffer.from('\ufeff<script>', 'utf16le')],
    ['UTF-16, the other way', Buffer.from('\ufeff<script>', 'utf16le').swap16()],
    ['PHP', latin1('<?php system($_GET[0]);')],
  ])('%s', async (_what, bytes) => {
    expect(await judged('a.png', bytes)).toMatchObject({ reason: 'ACTIVE_CONTENT' })
  })
})

describe('one file that is two is refused', () => {
  test.each([
    ['PNG + JAR', 'a.png', async () => Buffer.concat([await png(), jar])],
    [
      'JPEG + ZIP with a comment',
      'a.jpg',
      async () => Buffer.concat([await jpeg(), zip([{ name: 'x', data: 'y' }], 'bye')]),
    ],
    ['PNG + RAR', 'a.png', async () => Buffer.concat([await png(), latin1('Rar!\x1a\x07\x01\x00')])],
    ['PNG + script', 'a.png', async () => Buffer.concat([await png(), latin1('<ScRiPt>alert(1)')])],
    ['PNG + PHP', 'a.png', async () => Buffer.concat([await png(), latin1('<?php eval(1);')])],
    ['PNG + PDF', 'a.png', async () => Buffer.concat([await png(), pdf()])],
    ['PDF + ZIP', 'a.pdf', async () => Buffer.concat([pdf(), jar])],
    ['a document with something before it', 'a.docx', async () => Buffer.concat([latin1('%PDF-1.4\n'), docx()])],
    ['a document with a comment', 'a.docx', async () => docx([], { comment: '<script>' })],
    ['a document with something after it', 'a.docx', async () => Buffer.concat([docx(), latin1('<script>')])],
  ])('%s', async (_what, name, make) => {
    const outcome = await judged(name, await make())
    expect(['POLYGLOT', 'TYPE_MISMATCH']).toContain(outcome.reason)
    if (!name.endsWith('docx')) expect(outcome.reason).toBe('POLYGLOT')
  })

  test('a script that stands across two chunks is found', async () => {
    for (const at of [262_144 - 3, 262_144, 262_144 - 7]) {
      const begin = Buffer.concat([picture, Buffer.alloc(at - picture.length, 0x20)])
      expect(await judged('a.png', Buffer.concat([begin, latin1('<script>')]))).toMatchObject({ reason: 'POLYGLOT' })
    }
  })
})

test.each([
  ['a.png', () => jpeg()],
  ['a.jpg', () => png()],
  ['a.pdf', () => Promise.resolve(latin1('just some words'))],
  ['a.docx', () => Promise.resolve(zip([{ name: 'a.txt', data: 'x' }]))],
  ['a.docx', () => Promise.resolve(pdf())],
  ['a.png', () => Promise.resolve(randomBytes(500))],
  ['a.png', () => Promise.resolve(latin1('GIF89a\x01\0\x01\0'))],
])('%s of another type is refused', async (name, make) => {
  expect(await judged(name, await make())).toMatchObject({ reason: 'TYPE_MISMATCH' })
})

describe('documents hold nothing that acts', () => {
  test.each([
    ['a script', '/OpenAction << /S /JavaScript /JS (app.alert(1)) >> '],
    ['a hidden script', '/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >> '],
    ['a launch action', '/AA << /S /Launch /F (cmd.exe) >> '],
    ['an embedded file', '/Names << /EmbeddedFiles 3 0 R >> '],
    ['a script without white space', '/OpenAction<</S/JavaScript/JS(app.alert(1))>>'],
    ['a script after a text', '/OpenAction<</X(y)/S/JavaScript>>'],
    ['a script after what only looks like a text', '% (\n/S /JavaScript\n% )\n'],
    ['a script in brackets', '(<</S/JavaScript>>)'],
    ['a script whose name is longer for some', '/S /JavaScript#00 '],
    ['a script hidden further in', '/S /JavaScr#69pt /JS (app.alert(1)) '],
    ['a script hidden by its key', '/S /Rendition /J#53 (app.alert(1)) '],
    ['a launch action hidden', '/S /Launc#68 '],
    ['an embedded file hidden', '/Names << /Embedded#46iles 3 0 R >> '],
  ])('PDF with %s', async (_what, more) => {
    expect(await judged('a.pdf', pdf(more))).toMatchObject({ reason: 'ACTIVE_CONTENT' })
  })

  const link = '/A << /S /URI /URI (https://developer.mozilla.org/docs/Web/JavaScript) >> '

  test.each([
    ['a link to pages about scripts', link],
    ['a link of other letters', '/URI (https://shop.example/launch/javascript/embeddedfiles)'],
    ['names that only begin like that', '/JavaScripts true /LaunchPad 1 /javascript 2 '],
  ])('PDF with %s passes', async (_what, more) => {
    expect(await judged('a.pdf', pdf(more))).toEqual({ passed: true })
  })

  test('names and links in a PDF that stand across two chunks are seen whole', async () => {
    const filled = (more: string, at: number) => pdf(`/X (${' '.repeat(at - pdf().indexOf('>>') - 5)})${more}`)
    for (const at of [262_144 - 3, 262_144 - 30, 262_144 - 60, 262_144, 254_000, 2 * 262_144 - 50]) {
      expect(await judged('a.pdf', filled(link, at)), String(at)).toEqual({ passed: true })
      expect(await judged('a.pdf', filled('/S/JavaScript ', at)), String(at)).toMatchObject({
        reason: 'ACTIVE_CONTENT',
      })
    }
  })

  test.each([
    ['macros', 'MACROS', docx([{ name: 'word/vbaProject.bin', data: 'x' }])],
    [
      'macros that it only declares',
      'TYPE_MISMATCH',
      docx([], { main: 'application/vnd.ms-word.document.macroEnabled.main+xml' }),
    ],
    ['ActiveX', 'MACROS', docx([{ name: 'word/activeX/activeX1.bin', data: 'x' }])],
    ['a program by its name', 'EXECUTABLE', docx([{ name: 'word/embeddings/setup.exe', data: 'x' }])],
    ['a program by its bytes', 'EXECUTABLE', docx([{ name: 'word/media/image1.png', data: latin1('MZ\x90\0') }])],
    ['an archive', 'ARCHIVE_NOT_ALLOWED', docx([{ name: 'word/embeddings/more.zip', data: 'x' }])],
    ['a bomb', 'ZIP_BOMB', docx([{ name: 'word/media/zeros.bmp', data: Buffer.alloc(3_000_000) }])],
    [
      'a bomb that lies about its size',
      'TYPE_MISMATCH',
      docx([{ name: 'word/z.xml', data: Buffer.alloc(3_000_000), claims: { size: 10 } }]),
    ],
    ['a path to outside', 'TYPE_MISMATCH', docx([{ name: '../../etc/cron.d/x', data: 'x' }])],
    [
      'too many entries',
      'ZIP_BOMB',
      docx(Array.from({ length: 10_001 }, (_, index) => ({ name: `word/${index}`, data: '' }))),
    ],
  ])('Office document with %s', async (_what, reason, bytes) => {
    expect(await judged('a.docx', bytes)).toMatchObject({ reason })
  })
})

describe('pictures', () => {
  test('lose their metadata and are turned as it said', async () => {
    const before = await photo()
    expect((await sharp(before).metadata()).exif).toBeDefined()
    const { replacement } = await judged('a.jpg', before)
    const { exif, xmp, icc, orientation, width, height, format } = await sharp(replacement).metadata()
    expect({ exif, xmp, icc, orientation, width, height, format }).toEqual({ width: 24, height: 32, format: 'jpeg' })
    expect(replacement?.includes('Secret Camera')).toBe(false)
  })

  test('of too many pixels are not decoded', async () => {
    const { maxSide, maxPixels } = policies.avatar.image
    expect(await judged('a.png', await png(maxSide + 1, 1))).toMatchObject({ reason: 'IMAGE_TOO_LARGE' })
    expect(await judged('a.png', await png(maxSide, Math.floor(maxPixels / maxSide) + 1))).toMatchObject({
      reason: 'IMAGE_TOO_LARGE',
    })
    // a header alone that claims more than any memory holds
    const claim = Buffer.from(picture)
    claim.writeUInt32BE(0x7fff_ffff, 16)
    expect((await judged('a.png', claim)).reason).toMatch(/^IMAGE_/)
  })

  test('that are damaged are refused', async () => {
    const noise = await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
      .png()
      .toBuffer()
    expect(await judged('a.png', noise.subarray(0, noise.length / 2))).toMatchObject({ reason: 'IMAGE_UNREADABLE' })
  })
})

test('other bytes than announced are refused', async () => {
  expect(await judged('a.pdf', pdf(), { announced: { size: 7 } })).toMatchObject({ reason: 'SIZE_MISMATCH' })
  expect(await judged('a.pdf', pdf(), { announced: { sha256: '0'.repeat(64) } })).toMatchObject({
    reason: 'CHECKSUM_MISMATCH',
  })
})
