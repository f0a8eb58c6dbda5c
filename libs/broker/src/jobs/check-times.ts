import { InvalidSettings } from '@slipway/config'

/**
 * A run that outlasts its transaction fails as if the database were away, which is no attempt: it would be tried for ever.
 *
 * @throws InvalidSettings
 */
export function checkJobTimes(
  jobs: readonly { readonly name: string; readonly timeoutMs?: number }[],
  defaultMs: number,
  transactionMs = Infinity,
): void {
  for (const { name, timeoutMs = defaultMs } of jobs) {
    if (timeoutMs <= transactionMs) continue
    const reason = `is shorter than the job ${name} may take (${timeoutMs} ms)`
    throw new InvalidSettings([{ variable: 'DATABASE_TRANSACTION_TIMEOUT_MS', reason }])
  }
}
