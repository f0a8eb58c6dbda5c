import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { policies } from '@slipway/contracts/files'
import { Rejected } from '../check/check.ts'
import { copyLocally } from '../check/local-copy.ts'
import { checks, runChecks } from '../check/run-checks.ts'
import { typeOf } from '../upload/judge-upload.ts'

interface Judged {
  passed?: true
  /** What is kept instead of what was sent. */
  replacement?: Buffer
  reason?: string
}

interface Told {
  announced?: { size?: number; sha256?: string }
  clamdUrl?: string
}

/** What all checks say to a file of that name. */
export async function judged(name: string, bytes: Buffer, { announced = {}, clamdUrl }: Told = {}): Promise<Judged> {
  const policy = /\.(png|jpe?g|webp)$/i.test(name) ? policies.avatar : policies.document
  const copy = await copyLocally(Readable.from([bytes]))
  try {
    const kept = await runChecks(
      {
        ...copy,
        announced: { filename: name, size: bytes.length, ...announced },
        contentType: typeOf(policy.types, name)!,
        policy,
        signal: AbortSignal.timeout(20_000),
      },
      checks({ clamdUrl }),
    )
    return { passed: true, replacement: kept && (await readFile(kept.path)) }
  } catch (error) {
    if (error instanceof Rejected) return { reason: error.rejection.reason }
    throw error
  } finally {
    await copy.remove()
  }
}
