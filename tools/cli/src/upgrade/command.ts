import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { GitFailed, gitIn } from './git.ts'
import { upgrade, UpgradeRefused, type Upgraded } from './upgrade.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const usage = `slipway upgrade <tag> [options]
Merges a version of upstream into this fork, under the fork's own name.
  --remote <name>   the remote of upstream (default upstream): git remote add upstream <address>
  --from <tag>      the version that the fork began with, where its history does not say
  --title <title>   as slipway rename --title was told`

/** Exit code: 0 merged, 1 conflicts or refused, 2 for wrong options. */
export async function upgradeCommand(args: string[], folder = root): Promise<number> {
  let told
  try {
    const options = { remote: { type: 'string' }, from: { type: 'string' }, title: { type: 'string' } } as const
    told = parseArgs({ args, allowPositionals: true, options })
    if (told.positionals.length !== 1) throw new Error('One tag')
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`)
    return 2
  }
  const { remote = 'upstream', from, title } = told.values
  const [tag = ''] = told.positionals
  try {
    const upgraded = upgrade(gitIn(folder), { tag, remote, from, title })
    process.stdout.write(`${report(tag, upgraded).join('\n')}\n`)
    return upgraded.conflicts.length === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof UpgradeRefused || error instanceof GitFailed)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

const afterwards =
  '  npm install && npm run manifests && npm run docs && npm run format   then commit what they wrote; npm test'

function report(tag: string, { conflicts, settled }: Upgraded): string[] {
  const decided = settled.map((line) => `  ${line}`)
  if (conflicts.length === 0) return [`${tag} is merged.`, ...decided, afterwards]
  return [
    ...decided,
    `${tag} is merged but for these, which both sides have changed:`,
    ...conflicts.map((path) => `  ${path}`),
    '  git add <file> and git commit when they are settled; git merge --abort leaves all as it was',
    afterwards,
  ]
}
