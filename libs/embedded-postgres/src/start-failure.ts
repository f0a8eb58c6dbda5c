import { type EmbeddedPostgresError, NoDiskSpace, PortTaken, ServerFailed } from './errors.ts'
import { lastWords } from './log-file.ts'

/** Workers of a killed server are still finishing, or a server that was just being started got there first. */
export class StillInUse extends ServerFailed {}

/** What the server's log of a start means. It is in English: the server runs with `LC_ALL=C`. */
export function startFailure(
  said: string,
  { dataDir, port }: { dataDir: string; port: number },
): EmbeddedPostgresError {
  if (said.includes('No space left on device')) return new NoDiskSpace(dataDir)
  if (/could not bind .*: Address already in use/.test(said)) return new PortTaken(port)
  const isBusy = /pre-existing shared memory block|"postmaster.pid" (already exists|is empty)/.test(said)
  return new (isBusy ? StillInUse : ServerFailed)('PostgreSQL could not start', dataDir, lastWords(said))
}
