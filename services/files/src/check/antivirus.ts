import { Rejected, type Check } from './check.ts'
import { scan } from './clamd.ts'

/** Where no antivirus is set, nothing is asked; where one is, nothing passes without its word. */
export const antivirus =
  (clamdUrl: string | undefined): Check =>
  async ({ path, signal }) => {
    const found = clamdUrl && (await scan(clamdUrl, path, signal))
    if (found) throw new Rejected('INFECTED', `The antivirus found ${found}`)
  }
