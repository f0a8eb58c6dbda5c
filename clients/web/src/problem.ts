import type { Problem as Described } from './schema/sso.ts'

/** Problem details (RFC 9457): what every refusal is answered with. `code` is stable; some codes bring fields of their own. */
export type Problem = Described & Readonly<Record<string, unknown>>

/** A refused request. */
export class ApiError extends Error {
  /** Stable: programs may rely on it. `UNREADABLE` when something between answered instead, such as a proxy. */
  readonly code: string
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, body: unknown) {
    const problem = isProblem(body) ? body : undefined
    super(problem?.detail ?? `The answer was ${status}`)
    this.name = 'ApiError'
    this.code = problem?.code ?? 'UNREADABLE'
    this.status = status
    this.problem = problem
  }
}

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The body of a success. @throws ApiError for a refusal; TypeError, as `fetch` does, when nobody answers */
export async function ok<Data>(answer: Promise<Answer<Data>>): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await answer
  if (!response.ok) throw new ApiError(response.status, error)
  return data as Exclude<Data, undefined>
}

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
