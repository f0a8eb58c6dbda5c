import type { App, RouteInfo } from '@slipway/service-kit'
import type { LogLines } from '../../fixtures/log-lines.ts'
import type { Findings } from '../findings.ts'
import { mediaTypeOf, nameOf } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'
import { responseMisfits } from '../response/check-response.ts'
import type { Attempt } from './attempt.ts'

/** Sends attempts at one route and judges what comes back and what is logged meanwhile. */
export class Probe {
  readonly #app: Pick<App, 'inject'>
  readonly #route: RouteInfo
  readonly #authorization: string | undefined
  readonly #logs: Pick<LogLines, 'lines'>
  readonly #findings: Findings

  constructor(
    app: Pick<App, 'inject'>,
    route: RouteInfo,
    context: { authorization: string | undefined; logs: Pick<LogLines, 'lines'>; findings: Findings },
  ) {
    this.#app = app
    this.#route = route
    this.#authorization = context.authorization
    this.#logs = context.logs
    this.#findings = context.findings
  }

  /** Notes what is wrong. */
  async try(attempt: Attempt) {
    const wrong = await this.judge(attempt)
    if (wrong !== undefined) this.#findings.add(nameOf(this.#route), `${attempt.what} gets ${wrong}`)
  }

  /** @returns what is wrong; undefined when all is well */
  async judge({ sent, expected }: Attempt): Promise<string | undefined> {
    const before = this.#logs.lines.length
    const headers = {
      ...(this.#authorization !== undefined && { authorization: this.#authorization }),
      ...sent.headers,
    }
    const answer = await send(this.#app, { ...sent, headers })
    const misfit = responseMisfits(this.#route, answer)
    const errors = this.#logs.lines.slice(before).filter((line) => ['error', 'fatal'].includes(levelOf(line)))
    return (
      this.#judgeStatus(answer.status, expected) ??
      (misfit.length > 0 ? `${answer.status}, and ${misfit.join(', ')}` : undefined) ??
      (errors.length > 0 ? `${answer.status}, and an error in the log: ${String(errors[0]?.['message'])}` : undefined)
    )
  }

  #judgeStatus(status: number, expected: readonly number[] | undefined): string | undefined {
    const wanted = expected && (this.#speaksOurErrors ? expected.join(' or ') : 'a refusal')
    if (status === 500 || status < 200) return String(status)
    if (!expected) return undefined // 502 to 504: a neighbour that is not there in this test
    const refused = this.#speaksOurErrors ? expected.includes(status) : status >= 400 && status < 500
    return refused ? undefined : `${status} instead of ${String(wanted)}`
  }

  /** Whoever checks a proof first, takes forms or shows pages refuses in a way of its own. */
  get #speaksOurErrors() {
    const { access, schema } = this.#route
    return access?.kind !== 'signed' && !schema.hide && mediaTypeOf(this.#route) === 'application/json'
  }
}

const levelOf = (line: Record<string, unknown>) => String(line['log.level'])
