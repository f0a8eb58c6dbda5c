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

/** The last lines that say what went wrong, without the time and pid that PostgreSQL puts before them. */
export function lastWords(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] /, '').trim())
    .filter((line) => line !== '')
  const telling = lines.filter((line) =>
    /^(initdb: )?(ERROR|FATAL|PANIC|DETAIL|HINT|WARNING|error|fatal|detail|hint):/i.test(line),
  )
  return (telling.length > 0 ? telling : lines).slice(-5)
}
