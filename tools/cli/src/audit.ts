import { userInfo } from 'node:os'
import type { Environment } from '@slipway/config'
import { createObservability, type Logger } from '@slipway/observability'

/** JSON lines on standard error: what an operator did stays apart from what the command shows, and can be kept. */
export const createStderrLogger = (): Logger =>
  createObservability({
    service: 'slipway',
    version: '0.1.0',
    settings: { LOG_LEVEL: 'info', LOG_FORMAT: 'json', OTEL_TRACES_SAMPLER_ARG: 0 },
    destination: { write: (line) => void process.stderr.write(line) },
  }).logger

/** Who, what, when and how it ended, as one log line. */
export type Audit = (action: string, outcome: 'success' | 'failure' | 'unknown', what: object, message: string) => void

export function createAudit(logger: Logger, environment: Environment): Audit {
  const user = { name: environment['SUDO_USER'] || login() }
  return (action, outcome, what, message) =>
    logger.info({ ...what, user, event: { kind: 'event', action, outcome } }, message)
}

/** In a container the user may have no name. */
function login(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
