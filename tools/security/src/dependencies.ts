import { failed, passed, skipped, type Outcome } from './check.ts'
import { run } from './programs.ts'

interface Report {
  message?: string
  vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }>
}

/** Known vulnerabilities of what the lockfile names: `npm audit`, which asks the registry. */
export function auditDependencies(args: readonly string[] = []): Outcome {
  return judgeAudit(run('npm', ['audit', '--json', '--audit-level=moderate', ...args]).output)
}

/** A registry that cannot be asked is no finding; anything else that npm says and that is no report is a failure. */
export function judgeAudit(output: string): Outcome {
  const report = parse(output)
  if (!report) return failed(`npm audit said something unexpected:\n${output}`)
  if (!report.vulnerabilities)
    return skipped(`the registry answers no questions about vulnerabilities: ${report.message ?? 'no reason given'}`)
  const serious = Object.entries(report.vulnerabilities).filter(([, { severity }]) => severity !== 'low')
  if (serious.length === 0) return passed('no known vulnerability of moderate or higher severity')
  const lines = serious.map(([name, { severity, via }]) => {
    const titles = via.map((cause) => (typeof cause === 'string' ? `through ${cause}` : `${cause.title} ${cause.url}`))
    return `${name}: ${severity}: ${titles.join('; ')}`
  })
  return failed(lines.join('\n'))
}

/** The report stands between warnings. */
function parse(output: string): Report | undefined {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as Report
  } catch {
    return undefined
  }
}
