import { STATUS_CODES } from 'node:http'
import { expect } from 'vitest'

/** A whole problem answer, for comparison; `more` holds its extensions. */
export const problem = (status: number, code: string, instance: string, more: object = {}) => ({
  status,
  json: {
    type: `urn:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status],
    status,
    code,
    detail: expect.any(String),
    instance,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    ...more,
  },
})
