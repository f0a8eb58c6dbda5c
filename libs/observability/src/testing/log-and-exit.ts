import { readSettings } from '@slipway/config'
import { Type } from 'typebox'
import { createObservability, observabilityVariables } from '../index.ts'

const settings = readSettings(Type.Object(observabilityVariables), { LOG_FORMAT: process.argv[2] })
const services = ['cart', 'files'].map((service) => createObservability({ service, version: '1', settings }))
for (let line = 0; line < 2_000; line++) {
  for (const { logger } of services) logger.info({ text: 'x'.repeat(500) }, `line ${line}`)
}
process.exit(0)
