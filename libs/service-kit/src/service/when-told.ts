/**
 * Calls `stop` at the first of the signals, and only then: Ctrl-C reaches a process by the terminal, again by npm, and once
 * more as SIGTERM of whoever started it.
 */
export function whenTold(signals: readonly NodeJS.Signals[], stop: (signal: NodeJS.Signals) => void): void {
  let told = false
  for (const signal of signals)
    process.on(signal, () => {
      if (told) return
      told = true
      stop(signal)
    })
}
