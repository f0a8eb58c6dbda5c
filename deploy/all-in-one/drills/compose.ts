import { execFileSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { Crowd } from './crowd.ts'

/**
 * People shop on a running compose set while containers are stopped one after the other; in the end it is counted:
 * whoever was told to be registered can log in, whoever paid has a paid cart, and nobody paid twice.
 *   node deploy/all-in-one/drills/compose.ts restart|kill|infrastructure|down-up … [--base-url http://localhost:8080]
 * restart: each service in turn is told to stop, as a release does, and no request may fail.
 */
const args = process.argv.slice(2)
const at = args.indexOf('--base-url')
const baseUrl = at < 0 ? 'http://localhost:8080' : args.splice(at, 2)[1]!
const drills = args.length > 0 ? args : ['restart', 'kill', 'infrastructure', 'down-up']
const settleMs = 3_000

const compose = (...words: string[]) =>
  execFileSync('docker', ['compose', ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const up = () => compose('up', '--detach', '--no-build', '--wait')
const containers = compose('ps', '--services').trim().split('\n')
const back = ['postgres', 'rabbitmq', 's3'].filter((name) => containers.includes(name))
const ours = containers.filter((name) => !back.includes(name) && name !== 'edge')

const steps: Record<string, () => Promise<void>> = {
  restart: () => each(ours, (name) => compose('restart', name)),
  kill: () => each([...ours, 'edge'], (name) => compose('kill', '--signal', 'SIGKILL', name)),
  infrastructure: () => each(back, (name) => compose('restart', name)),
  'down-up': () => each(['the whole set'], () => compose('down')),
}

async function each(names: readonly string[], stop: (name: string) => void) {
  for (const name of names) {
    console.log(`  ${name}`)
    await pause(settleMs)
    stop(name)
    up()
  }
  await pause(settleMs)
}

const problems: string[] = []
for (const drill of drills) {
  const step = steps[drill]
  if (!step) throw new Error(`There is no drill ${drill}; there are ${Object.keys(steps).join(', ')}`)
  console.log(drill)
  const crowd = new Crowd(baseUrl)
  crowd.open()
  await step()
  await crowd.leave()
  const { visits, paid, requests, failed } = crowd
  console.log(`  ${visits.length} visits, ${paid} paid; ${requests} requests, ${failed.length} failed`)
  if (drill === 'restart') problems.push(...failed)
  if (paid === 0) problems.push(`${drill}: nobody could pay, so it shows nothing`)
  problems.push(...(await crowd.count()))
}
console.log(problems.length === 0 ? 'Nothing was lost.' : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1
