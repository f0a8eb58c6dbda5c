import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { NewUpload, policies, purposes, type UploadPolicy } from './index.ts'

const upload = { purpose: 'document', filename: 'report.pdf', size: 1, contentType: 'application/pdf' }
const named = (filename: string) => Value.Check(NewUpload, { ...upload, filename })

test('a name is one name: no path, no control character, nothing that turns the direction of text', () => {
  const fine = ['report.pdf', 'Отчёт за март.pdf', '报告.pdf', '👩‍👩‍👧.pdf', '..pdf', `${'a'.repeat(251)}.pdf`]
  expect(fine.filter((name) => !named(name))).toEqual([])

  const refused = [
    '',
    '../report.pdf',
    '..\\report.pdf',
    '/etc/passwd',
    'report.pdf\u0000.png',
    'two\nlines.pdf',
    'report\u202Efdp.exe',
    'half\ud83d.pdf',
    `${'a'.repeat(996)}.pdf`,
  ]
  expect(refused.filter(named)).toEqual([])
})

test('a checksum, a type and a subject are what they look like, and nothing else comes along', () => {
  const check = (more: object) => Value.Check(NewUpload, { ...upload, ...more })
  expect(check({ sha256: 'a'.repeat(64), subject: '01980000-0000-7000-9000-000000000001' })).toBe(true)
  const refused = [
    { sha256: 'A'.repeat(64) },
    { sha256: 'a'.repeat(63) },
    { contentType: 'application/pdf; charset=x' },
    { contentType: 'text' },
    { size: -1 },
    { size: 0.5 },
    { subject: '../1' },
    { purpose: 'toString' },
    { key: 'objects/1' },
  ]
  expect(refused.filter(check)).toEqual([])
})

test('every policy can be met, and an image is never decoded without limits', () => {
  for (const purpose of purposes) {
    const { size, types, filesPerSubject, bytesPerOwner, image }: UploadPolicy = policies[purpose]
    expect(size.min, purpose).toBeGreaterThan(0)
    expect(size.max, purpose).toBeGreaterThan(size.min)
    expect(bytesPerOwner, purpose).toBeGreaterThanOrEqual(size.max)
    expect(filesPerSubject, purpose).toBeGreaterThan(0)
    expect(
      Object.keys(types).filter((extension) => !/^[a-z0-9]+$/.test(extension)),
      purpose,
    ).toEqual([])
    const pictures = Object.values(types).some((type) => type.startsWith('image/'))
    expect(image !== undefined, purpose).toBe(pictures)
  }
})
