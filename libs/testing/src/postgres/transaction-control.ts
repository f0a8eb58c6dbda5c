export const begins = /^\s*(BEGIN|START TRANSACTION)\b/i
export const commits = /^\s*(COMMIT|END)\b/i
export const rollsBack = /^\s*ROLLBACK\s*;?\s*$/i
export const setsIsolation = /^\s*SET TRANSACTION\b/i
const savepoints = /^\s*(SAVEPOINT|RELEASE|ROLLBACK TO)\b/i

/** Statements about transactions, as against those that read or write. */
export const controlsTransaction = (text: string) =>
  [begins, commits, rollsBack, setsIsolation, savepoints].some((pattern) => pattern.test(text))
