import { fileURLToPath } from 'node:url'
import { checks, type Check } from './checks.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** Looks for what keeps a working copy from working. Exit code: 0 when all is well, 1 otherwise. */
export const doctorCommand = () => examine(checks, root, (line) => process.stdout.write(`${line}\n`))

export async function examine(list: readonly Check[], folder: string, print: (line: string) => void): Promise<number> {
  let wrong = 0
  for (const { what, run } of list) {
    const advice = await run(folder)
    if (advice !== undefined) wrong++
    print(`${advice === undefined ? 'ok   ' : 'WRONG'}  ${what}${advice === undefined ? '' : `\n       ${advice}`}`)
  }
  print(wrong === 0 ? '\nAll is well.' : `\n${wrong} of ${list.length} are wrong.`)
  return wrong === 0 ? 0 : 1
}
