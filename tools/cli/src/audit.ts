import { userInfo } from 'node:os'
import { readSettings, type Environment } from '@slipway/config'
import { createObservability, observabilityVariables, type Logger } from '@slipway/observability'
import { Type } from 'typebox'

/** JSON lines on standard error: what an operator did stays apart from what the command shows, and can be kept. */
export const createStderrLogger = (): Logger =>
  createObservability({
    service: 'slipway',
    version: '0.1.0',
    settings: readSettings(Type.Object(observabilityVariables), { LOG_LEVEL: 'info' }),
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
