import type { ServiceFixtures } from '../service-test.ts'
import type { Deps } from './deps.ts'
import { test } from './test.ts'

type Body = (fixtures: ServiceFixtures<Deps>) => Promise<void>

/** The same test where everything is rolled back, and in a database of its own. */
export function inBoth(name: string, body: Body) {
  test(`${name} (rolled back)`, body)
  test.fresh(`${name} (fresh)`, body)
}
