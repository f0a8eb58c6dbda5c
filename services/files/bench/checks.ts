import { randomBytes } from 'node:crypto'
import { judged } from '../src/testing/judged.ts'
import { docx, pdf } from '../src/testing/samples.ts'
import sharp from 'sharp'
import { mib } from './world.ts'

/** `node services/files/bench/checks.ts`: what all checks take of one core. */
const side = 2_400
const noise = { raw: { width: side, height: side, channels: 3 as const } }
const samples: [name: string, bytes: Buffer][] = [
  ['a.pdf', Buffer.concat([pdf(), randomBytes(18 * 1_048_576)])],
  ['a.docx', docx([{ name: 'word/media/image1.bin', data: randomBytes(18 * 1_048_576) }])],
  [
    'a.jpg',
    await sharp(randomBytes(side * side * 3), noise)
      .jpeg({ quality: 60 })
      .toBuffer(),
  ],
]

for (const [name, bytes] of samples) {
  await judged(name, bytes)
  const rounds = 5
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) {
    const { passed, reason } = await judged(name, bytes)
    if (!passed) throw new Error(`${name} was refused: ${reason}`)
  }
  const { user, system } = process.cpuUsage(before)
  const rate = (rounds * bytes.length) / 1_048_576 / ((user + system) / 1e6)
  console.log(`${name}, ${mib(bytes.length)} MiB: ${rate.toFixed(0)} MiB a second of one core`)
}
