import { serviceTest } from '@slipway/testing'
import { notifications } from '../app.ts'

/** Each test has the whole service, without a network; `test.fresh` for what happens at once. */
export const test = serviceTest(notifications.definition)

/** The same where an address is sent two messages an hour. */
export const limited = serviceTest(notifications.definition, { environment: { MESSAGES_PER_HOUR_PER_ADDRESS: '2' } })
