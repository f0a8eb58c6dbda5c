import { spawnSync } from 'node:child_process'

/** What git refused, as it said it. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed'
}

export type Git = ReturnType<typeof gitIn>

/** git in one folder: `git('status')` answers what it prints. @throws GitFailed */
export function gitIn(folder: string) {
  const run = (args: readonly string[]) => {
    const { status, stdout, stderr, error } = spawnSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    return { ok: status === 0, out: stdout ?? '', said: error?.message ?? `${stdout}${stderr}`.trim() }
  }
  const git = (...args: string[]) => {
    const { ok, out, said } = run(args)
    if (!ok) throw new GitFailed(`git ${args.join(' ')}: ${said}`)
    return out.trimEnd()
  }
  return Object.assign(git, {
    folder,
    /** Whether it succeeded, and what it printed. */
    tries: (...args: string[]) => run(args),
    /** Paths that a command prints with `-z`. */
    paths: (...args: string[]) =>
      git(...args, '-z')
        .split('\0')
        .filter(Boolean),
  })
}
