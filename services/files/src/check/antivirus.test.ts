import { allowNetwork } from '@slipway/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { clamdDouble } from '../testing/clamd-double.ts'
import { judged } from '../testing/judged.ts'
import { pdf } from '../testing/samples.ts'

const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

async function clamd(answer: Parameters<typeof clamdDouble>[0]) {
  const double = await clamdDouble(answer)
  stops.push(() => double.stop())
  return double.url
}

// in two parts, so that no antivirus takes this file for it: https://www.eicar.org/download-anti-malware-testfile/
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
const infected = Buffer.concat([pdf(), Buffer.from(eicar)])

test('all bytes are shown to the antivirus, and its word counts', async () => {
  const big = Buffer.concat([pdf(), Buffer.alloc(1_000_000, 0x20)])
  let seen: Buffer | undefined
  const url = await clamd((bytes) => {
    seen = bytes
    return bytes.includes('EICAR') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0'
  })
  expect(await judged('a.pdf', big, { clamdUrl: url })).toMatchObject({ passed: true })
  expect(seen?.equals(big)).toBe(true)
  expect(await judged('a.pdf', infected, { clamdUrl: url })).toMatchObject({ reason: 'INFECTED' })
})

test.each([
  ['an error', 'INSTREAM size limit exceeded. ERROR\0'],
  ['nonsense', 'hello'],
  ['nothing', undefined],
])('%s is not the word that a file is clean', async (_what, answer) => {
  const url = await clamd(() => answer)
  await expect(judged('a.pdf', pdf(), { clamdUrl: url })).rejects.toThrow(/clamd/)
})

test('an antivirus that is down lets nothing pass', async () => {
  stops.push(allowNetwork('tcp://127.0.0.1:1'))
  await expect(judged('a.pdf', pdf(), { clamdUrl: 'tcp://127.0.0.1:1' })).rejects.toThrow('clamd cannot be asked')
})

const real = process.env['TEST_CLAMD_URL']
if (!real) console.log('skipped: the real clamd; TEST_CLAMD_URL names none')
describe.skipIf(!real)('the real clamd (TEST_CLAMD_URL, with a signature of EICAR)', () => {
  test('knows EICAR, and lets the rest pass', async () => {
    stops.push(allowNetwork(real!))
    expect(await judged('a.pdf', pdf(), { clamdUrl: real })).toMatchObject({ passed: true })
    expect(await judged('a.pdf', infected, { clamdUrl: real })).toMatchObject({ reason: 'INFECTED' })
  })
})
