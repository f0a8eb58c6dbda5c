import { Rejected, type Check } from './check.ts'

const ascii = (text: string) => Buffer.from(text, 'latin1')
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

/** How programs begin, on any system. */
const beginnings: readonly (readonly [what: string, magic: Buffer])[] = [
  ['an ELF program', bytes('7f 45 4c 46')],
  ['a Windows program', ascii('MZ')],
  ['a Mach-O program', bytes('fe ed fa ce')],
  ['a Mach-O program', bytes('fe ed fa cf')],
  ['a Mach-O program', bytes('ce fa ed fe')],
  ['a Mach-O program', bytes('cf fa ed fe')],
  ['a universal Mach-O program or Java class', bytes('ca fe ba be')],
  ['a script', ascii('#!')],
  ['a script', bytes('ef bb bf 23 21')],
  ['a WebAssembly module', bytes('00 61 73 6d')],
  ['an Android program', ascii('dex\n')],
  ['a Windows shortcut', bytes('4c 00 00 00 01 14 02 00')],
]

/** What kind of program begins like that, if any. */
export const programIn = (head: Buffer): string | undefined =>
  beginnings.find(([, magic]) => head.subarray(0, magic.length).equals(magic))?.[0]

/** Programs and scripts are refused, whatever they are called. */
export const executable: Check = ({ head }) => {
  const program = programIn(head)
  if (program) throw new Rejected('EXECUTABLE', `It is ${program}`)
}
