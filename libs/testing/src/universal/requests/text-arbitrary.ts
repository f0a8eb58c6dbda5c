import fc from 'fast-check'
import type { JsonSchema } from './json-schema.ts'

const anyTime = () => fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
const formats: Record<string, () => fc.Arbitrary<string>> = {
  uuid: () => fc.uuid({ version: 7 }),
  email: () => fc.nat(1_000_000_000).map((number) => `someone-${number}@example.com`),
  'date-time': () => anyTime().map((time) => time.toISOString()),
  date: () => anyTime().map((time) => time.toISOString().slice(0, 10)),
  time: () => anyTime().map((time) => time.toISOString().slice(11)),
  uri: () => fc.webUrl(),
  hostname: () => fc.domain(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
}

/** Texts that mostly fit a schema of type string. @throws for a format that is not known here */
export function textArbitrary({
  format,
  pattern,
  minLength = 1,
  maxLength = Infinity,
}: JsonSchema): fc.Arbitrary<string> {
  if (format !== undefined) {
    const make = formats[format]
    if (!make) throw new Error(`No values are known for the format ${format}`)
    return make()
  }
  const least = Math.min(minLength, maxLength)
  const plain = fc.string({ unit: 'grapheme-ascii', minLength: least, maxLength: Math.min(maxLength, least + 20) })
  return (pattern !== undefined && matching(pattern)) || plain
}

/** Undefined for what fast-check cannot read, such as lookaheads. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' })
  } catch {
    return undefined
  }
}
