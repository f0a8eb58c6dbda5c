import { expect } from 'vitest'

/** The whole problem that a request to `instance` is answered with. */
export const problem = (status: number, code: string, instance: string, more: object = {}) => ({
  type: `urn:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: expect.any(String) as string,
  status,
  code,
  detail: expect.any(String) as string,
  instance,
  traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  ...more,
})
