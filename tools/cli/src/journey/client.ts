import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Difference, differences } from './compare.ts'

interface Step {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: object
  /** Instead of a JSON body: fields, and then a file, as multipart/form-data; sent to an object store, which knows no token. */
  form?: { fields: Record<string, string>; file: Uint8Array<ArrayBuffer> }
  /** Without the token: the address itself is the proof. */
  anonymous?: boolean
  headers?: Record<string, string>
  status: number
  /** What the body must be: see `differences`. */
  expected?: unknown
}

type Json = ReturnType<typeof JSON.parse>

const patienceMs = 15_000

/** Takes one step after another, all in one trace, and prints each with its time. */
export class Client {
  readonly traceId = randomBytes(16).toString('hex')
  steps = 0
  accessToken: string | undefined
  readonly #baseUrl: string
  readonly #print: (line: string) => void

  constructor(baseUrl: string, print: (line: string) => void) {
    this.#baseUrl = baseUrl
    this.#print = print
  }

  /** @throws Difference when status or body are not exactly as expected */
  async step(title: string, step: Step): Promise<Json> {
    const startedAt = performance.now()
    const answer = await this.#send(step)
    this.#report(title, startedAt, answer.traceId)
    this.#check(title, step, answer)
    return answer.json
  }

  /** Repeats a step until its body is as expected. @throws Difference when it still is not after 15 seconds */
  async until(title: string, step: Step): Promise<Json> {
    const startedAt = performance.now()
    for (;;) {
      const answer = await this.#send(step)
      const done = answer.status === step.status && differences(step.expected, answer.json).length === 0
      if (!done && performance.now() - startedAt < patienceMs) {
        await pause(20)
        continue
      }
      this.#report(title, startedAt, answer.traceId)
      this.#check(title, step, answer)
      return answer.json
    }
  }

  /** Whether the platform has such a path, working or not; no step of the way. */
  async isThere(path: string): Promise<boolean> {
    return (await fetch(this.#baseUrl + path)).status !== 404
  }

  #report(title: string, startedAt: number, traceId: string) {
    this.steps++
    const ms = (performance.now() - startedAt).toFixed(0)
    this.#print(`${String(this.steps).padStart(2)}  ${title.padEnd(52)} ${ms.padStart(5)} ms  ${traceId}`)
  }

  #check(title: string, { status, expected }: Step, answer: { status: number; json: Json; text: string }) {
    if (answer.status !== status)
      throw new Difference(`  ${title}: status ${answer.status} instead of ${status}: ${answer.text}`)
    const found = expected === undefined ? [] : differences(expected, answer.json)
    if (found.length > 0) throw new Difference(found.map((line) => `  ${title}: ${line}`).join('\n'))
  }

  async #send({ method = 'GET', path, body, form, anonymous = form !== undefined, headers = {} }: Step) {
    const response = await fetch(path.startsWith('http') ? path : this.#baseUrl + path, {
      method,
      redirect: 'manual',
      headers: {
        traceparent: `00-${this.traceId}-${randomBytes(8).toString('hex')}-01`,
        ...(this.accessToken && !anonymous && { authorization: `Bearer ${this.accessToken}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: form ? multipart(form) : body && JSON.stringify(body),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const traceId = response.headers.get('x-trace-id') ?? '(no trace id)'
    return { status: response.status, text, json: isJson ? (JSON.parse(text) as Json) : undefined, traceId }
  }
}

function multipart({ fields, file }: NonNullable<Step['form']>): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('file', new Blob([file]))
  return body
}
