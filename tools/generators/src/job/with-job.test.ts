import { expect, test } from 'vitest'
import { withJob } from './with-job.ts'

const app = (jobs: string) => `export const shop = defineService({\n  name: 'shop',${jobs}\n})\n`
const added = (jobs: string) => withJob(app(jobs), 'new Pack()', 'app.ts')

test('a service without jobs gets a list of them', () => {
  expect(added('')).toBe(app('\n\n  jobs: () => [new Pack()],'))
})

test.each([
  ['\n  jobs: () => [],', '\n  jobs: () => [new Pack()],'],
  ['\n  jobs: (deps) => [new Sell(deps)],', '\n  jobs: (deps) => [new Sell(deps), new Pack()],'],
  [
    '\n  jobs: ({ crm }) => [\n    new Sell(),\n    ...(crm ? [new Tell()] : []),\n  ],\n  periodicJobs: () => [new Prune()],',
    '\n  jobs: ({ crm }) => [\n    new Sell(),\n    ...(crm ? [new Tell()] : []), new Pack()],\n  periodicJobs: () => [new Prune()],',
  ],
])('it stands behind the others, however they are listed: %j', (before, after) => {
  expect(added(before)).toBe(app(after))
})

test('what is no list is left to people', () => {
  expect(() => added('\n  jobs: everything,')).toThrow('app.ts are no list: add new Pack() by hand')
})
