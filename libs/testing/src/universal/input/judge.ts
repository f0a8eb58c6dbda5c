import type { App, RouteInfo } from '@slipway/service-kit'
import { uuidv7 } from 'uuidv7'
import type { LogLines } from '../../fixtures/log-lines.ts'
import type { Neighbours } from '../../fixtures/neighbours/neighbours.ts'
import { mediaTypeOf } from '../requests/route-request.ts'
import { send, type Sent } from '../requests/send.ts'
import { responseMisfits } from '../response/check-response.ts'
import type { Attempt } from './attempt.ts'

/** One route under test, and who asks it. */
export interface Subject {
  app: Pick<App, 'inject'>
  route: RouteInfo
  /** The right request that attempts were made from. */
  right: Sent
  logs: Pick<LogLines, 'lines'>
  neighbours: Pick<Neighbours, 'requests'>
  /** Whether its refusals are those of the platform: not where another proof is asked for first and not given. */
  exact: boolean
}

export const keyHeader = 'idempotency-key'

/** Whether a route refuses input as the platform does: who takes forms or shows pages has a way of their own. */
export const takesJson = (route: RouteInfo) => !route.schema.hide && mediaTypeOf(route) === 'application/json'

/** Sends an attempt, and says what is wrong with the answer or with what is logged meanwhile; undefined when all is well. */
export async function judge(subject: Subject, { sent, expected }: Attempt): Promise<string | undefined> {
  const { app, route, logs, neighbours } = subject
  const before = logs.lines.length
  const askedBefore = neighbours.requests.length
  const answer = await send(app, withKeyOfItsOwn(sent, subject.right))
  const asked = neighbours.requests.length > askedBefore
  const misfit = responseMisfits(route, answer)
  const error = logs.lines.slice(before).find((line) => ['error', 'fatal'].includes(String(line['log.level'])))
  return (
    failure(answer.status, asked) ??
    wrongStatus(subject, answer.status, expected) ??
    (misfit.length > 0 ? `${answer.status}, and ${misfit.join(', ')}` : undefined) ??
    (error && `${answer.status}, and an error in the log: ${String(error['message'])}`)
  )
}

/** What a service may say of a neighbour that is not there. */
const ofNeighbours = [502, 503, 504]

function failure(status: number, asked: boolean): string | undefined {
  if (status >= 200 && status < 500) return undefined
  if (!ofNeighbours.includes(status)) return String(status)
  return asked ? undefined : `${status}, and no neighbour was asked`
}

function wrongStatus({ exact }: Subject, status: number, expected: readonly number[] | undefined): string | undefined {
  if (!expected) return undefined
  if (exact) return expected.includes(status) ? undefined : `${status} instead of ${expected.join(' or ')}`
  return status >= 400 && status < 500 ? undefined : `${status} instead of a refusal`
}

/** Under the key of the request before, another body would be refused for that alone. */
function withKeyOfItsOwn(sent: Sent, right: Sent): Sent {
  const key = right.headers?.[keyHeader]
  if (key === undefined || sent.headers?.[keyHeader] !== key) return sent
  return { ...sent, headers: { ...sent.headers, [keyHeader]: uuidv7() } }
}
