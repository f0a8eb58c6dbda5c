import { parseArgs } from 'node:util'
import type { Check } from './check.ts'
import { findSecrets, lintCompose, lintDockerfiles, lintManifests, lintScripts, lintWorkflows } from './code.ts'
import { auditDependencies } from './dependencies.ts'
import { checkLicences } from './licences.ts'
import { installScanners } from './programs.ts'

const checks: Record<string, Check> = {
  dependencies: { summary: 'known vulnerabilities (npm audit)', run: () => auditDependencies() },
  licences: { summary: 'licences against the allowed ones', run: checkLicences },
  secrets: { summary: 'keys, tokens and passwords (secretlint)', run: findSecrets },
  dockerfile: { summary: 'Dockerfile (dockerfile-utils, hadolint)', run: lintDockerfiles },
  compose: { summary: 'compose file (dclint)', run: lintCompose },
  manifests: { summary: 'Kubernetes manifests (kubectl, kubernetes-types)', run: lintManifests },
  scripts: { summary: 'shell scripts (shellcheck)', run: lintScripts },
  workflows: { summary: 'workflows (actionlint)', run: lintWorkflows },
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { strict: { type: 'boolean' } } })
const unknown = positionals.filter((name) => !checks[name])
if (unknown.length > 0) {
  console.error(
    `There is no check ${unknown.join(', ')}. npm run security -- [--strict] [${Object.keys(checks).join('] [')}]`,
  )
  process.exit(2)
}

installScanners()
for (const [name, { summary, run }] of Object.entries(checks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const { status, text } = run()
  console.log(`${status.padEnd(8)} ${summary}: ${text}`)
  if (status === 'failed' || (values.strict && status === 'skipped')) process.exitCode = 1
}
