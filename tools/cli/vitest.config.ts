import { defineConfig, mergeConfig } from 'vitest/config'
import { shared } from '../../vitest.shared.ts'

export default mergeConfig(shared, defineConfig({ test: { provide: { amqpUrl: process.env['TEST_AMQP_URL'] ?? '' } } }))
