import type { Replacement, Candidate, Check } from './check.ts'
import { activeContent } from './active-content.ts'
import { antivirus } from './antivirus.ts'
import { executable } from './executable.ts'
import { office } from './office.ts'
import { pdf } from './pdf.ts'
import { picture } from './picture.ts'
import { polyglot } from './polyglot.ts'
import { realType } from './real-type.ts'
import { sizeAndChecksum } from './size-and-checksum.ts'

export interface CheckSettings {
  clamdUrl: string | undefined
}

/** From the cheapest to the dearest; what decodes a file comes after what knows it for harm. */
export const checks = ({ clamdUrl }: CheckSettings): readonly Check[] => [
  sizeAndChecksum,
  executable,
  activeContent,
  polyglot,
  realType,
  pdf,
  office,
  antivirus(clamdUrl),
  picture,
]

/** What is to be kept instead of the file, if anything. @throws Rejected by the first check that refuses it */
export async function runChecks(candidate: Candidate, all: readonly Check[]): Promise<Replacement | undefined> {
  let replacement: Replacement | undefined
  for (const check of all) {
    candidate.signal.throwIfAborted()
    replacement = (await check(candidate)) ?? replacement
  }
  return replacement
}
