const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Names are queues and rows: two jobs with one name would take each other's work. */
export function checkJobNames(jobs: readonly { readonly name: string }[]): void {
  const seen = new Set<string>()
  for (const { name } of jobs) {
    if (!kebabCase.test(name)) throw new Error(`The job name ${name} is not kebab-case`)
    if (seen.has(name)) throw new Error(`Two jobs are called ${name}`)
    seen.add(name)
  }
}
