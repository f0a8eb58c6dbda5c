/** What a check found. `skipped`: it could not look, which is no finding, but with `--strict` no pass either. */
export interface Outcome {
  status: 'passed' | 'failed' | 'skipped'
  /** What was looked at, what was found, or why it could not look. */
  text: string
}

export interface Check {
  summary: string
  run(): Outcome
}

export const passed = (text: string): Outcome => ({ status: 'passed', text })
export const failed = (findings: string): Outcome => ({ status: 'failed', text: `\n${findings.trim()}` })
export const skipped = (reason: string): Outcome => ({ status: 'skipped', text: reason })
