import { writeFile } from 'node:fs/promises'
import { Http, WrongAnswer } from './http.ts'
import { pastKnee } from './knee.ts'
import type { StageResult } from './measurements.ts'
import { readOptions, usage, type LoadOptions } from './options.ts'
import { profiles } from './profiles.ts'
import { renderReport } from './report.ts'
import { RouteCallers } from './route-callers.ts'
import { runStage } from './run-stage.ts'
import { Shoppers } from './shoppers.ts'

/** Exit code: 0 when the platform carried the load (ramp: at least its first stage), 1 when not, 2 for wrong options. */
export async function loadCommand(args: string[]): Promise<number> {
  let options: LoadOptions | undefined
  try {
    options = readOptions(args)
  } catch (error) {
    return (print(`${(error as Error).message}\n\n${usage}`), 2)
  }
  if (!options) return (print(usage), 0)

  const http = new Http(options.baseUrl)
  const startedAt = new Date().toISOString()
  try {
    const results = await play(options, http)
    const { verdict, carried } = judge(options, results)
    const title = `Load: ${options.profile}, ${options.route ? `${options.route.method} ${options.route.path}` : 'journeys'}`
    await writeFile(options.report, renderReport({ title, baseUrl: options.baseUrl, startedAt, results, verdict }))
    print(`\n${verdict}\nCharts: ${options.report}`)
    return carried ? 0 : 1
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error
    return (print(`${error.message}\nIs the platform running at ${options.baseUrl}? (npm start)`), 1)
  } finally {
    await http.close()
  }
}

async function play(options: LoadOptions, http: Http): Promise<StageResult[]> {
  const { route, token, users, rate, seconds, slowMs } = options
  const visitors = route ? new RouteCallers(http, { ...route, ...(token && { token }) }) : new Shoppers(http, print)
  const free = await visitors.gather(users)
  const profile = profiles[options.profile]
  const results: StageResult[] = []
  print(headings)
  for (const stage of profile.stages(rate, seconds)) {
    const result = await runStage(stage, free)
    results.push(result)
    print(row(result))
    for (const [message, count] of Object.entries(result.errors)) print(`          ${count} × ${message}`)
    if (profile.untilKnee && pastKnee(result, slowMs)) break
  }
  return results
}

function judge({ profile, slowMs }: LoadOptions, results: StageResult[]): { verdict: string; carried: boolean } {
  if (profile === 'smoke') {
    const { failed, visits } = results[0]!
    if (failed > 0) return { verdict: `${failed} of ${visits.count + failed} visits failed.`, carried: false }
    return { verdict: `All ${visits.count} visits ended well.`, carried: true }
  }
  const reasons = results.map((result) => pastKnee(result, slowMs))
  const past = reasons.findIndex((reason) => reason !== undefined)
  if (past === -1) return { verdict: 'The platform carried all of it.', carried: true }
  const { offered } = results[past]!
  const before = results[past - 1]
  if (profile === 'ramp' && before)
    return {
      verdict: `The knee is between ${before.offered} and ${offered} visits a second (${before.requests.perSecond.toFixed(0)} requests a second): at ${offered}, ${reasons[past]}.`,
      carried: true,
    }
  return { verdict: `Too much at ${offered} visits a second: ${reasons[past]}.`, carried: false }
}

const columns = ['offered/s', 'carried/s', 'failed', 'requests/s', 'p50 ms', 'p99 ms', 'lag p50', 'lag p99']
const width = 11
const headings = columns.map((name) => name.padStart(width)).join('')
const row = ({ offered, achieved, failed, requests, eventLag }: StageResult) =>
  [offered, achieved, failed, requests.perSecond, requests.p50, requests.p99, eventLag.p50, eventLag.p99]
    .map((value) => (Number.isInteger(value) ? String(value) : value.toFixed(1)).padStart(width))
    .join('')

const print = (text: string) => process.stdout.write(`${text}\n`)
