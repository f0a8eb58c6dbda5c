import { chmodSync, closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'

const rotateAt = 10 * 1024 * 1024

export const logPath = (dataDir: string) => `${dataDir}.log`

/**
 * Where the server writes. A file and no pipe, so that the server can do without the process that started it.
 * The one before is kept as `.1` once it is big.
 */
export class LogFile {
  readonly path: string
  readonly descriptor: number
  readonly #start: number

  constructor(path: string) {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > rotateAt) renameSync(path, `${path}.1`)
    this.path = path
    this.descriptor = openSync(path, 'a', 0o600)
    chmodSync(path, 0o600)
    this.#start = statSync(path).size
  }

  /** What was written since this object was made. */
  text(): string {
    return readFileSync(this.path).subarray(this.#start).toString()
  }

  close(): void {
    closeSync(this.descriptor)
  }
}

/** The lines without the time and pid that PostgreSQL puts before them. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] /, '').trim())
    .filter((line) => line !== '')

/** The last lines of the latest run in a whole log: of a server that is no more. */
export const lastLines = (log: string): string[] =>
  linesOf(log.slice(Math.max(0, log.lastIndexOf('starting PostgreSQL ')))).slice(-5)

/** The last lines that say what went wrong in a start. */
export function lastWords(text: string): string[] {
  const lines = linesOf(text)
  const telling = lines.filter((line) =>
    /^(initdb: )?(ERROR|FATAL|PANIC|DETAIL|HINT|WARNING|error|fatal|detail|hint):/i.test(line),
  )
  return (telling.length > 0 ? telling : lines).slice(-5)
}
