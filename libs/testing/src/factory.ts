import { TestRunner } from 'vitest'

export interface Factory<Made> {
  /** The next one, with these fields instead of the usual. */
  (changes?: Partial<Made>): Made
  list(count: number, changes?: Partial<Made>): Made[]
}

const outsideOfTests = {}

/**
 * Makes data that is the same in each run, in whatever order tests run: `build` gets 1 for the first thing of a test, 2
 * for the second.
 *
 *     const product = factory((number) => ({ id: sampleId(number), title: `Product ${number}` }))
 *     product() // Product 1
 *     product({ title: 'Mug' })
 */
export function factory<Made extends object>(build: (number: number) => Made): Factory<Made> {
  const counts = new WeakMap<object, number>()
  const make = (changes: Partial<Made> = {}): Made => {
    const test: object = TestRunner.getCurrentTest() ?? outsideOfTests
    const number = (counts.get(test) ?? 0) + 1
    counts.set(test, number)
    return { ...build(number), ...changes }
  }
  return Object.assign(make, {
    list: (count: number, changes?: Partial<Made>) => Array.from({ length: count }, () => make(changes)),
  })
}
