import { STATUS_CODES } from 'node:http'
import { AppError } from './app-error.ts'

/** One wrong place of a request: `path` is a JSON pointer that starts with body, query, params or headers. */
export interface FieldError {
  path: string
  message: string
}

/** RFC 9457 problem details with a stable `code`; media type `application/problem+json`. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  instance: string
  traceId: string
  errors?: FieldError[]
  [extension: string]: unknown
}

export const problemMediaType = 'application/problem+json'

interface Occurrence {
  /** Path of the request, without its query. */
  instance: string
  traceId: string
}

/** Renders an error as a problem. Whatever is not an `AppError` becomes a 500 that tells nothing of the inside. */
export function toProblem(error: unknown, { instance, traceId }: Occurrence): Problem {
  const { code, status, detail, extensions } =
    error instanceof AppError
      ? { code: error.code, status: error.status, detail: error.message, extensions: error.extensions }
      : { code: 'INTERNAL', status: 500, detail: 'Something went wrong on our side', extensions: {} }
  return {
    type: `urn:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...extensions,
    instance,
    traceId,
  }
}
