import { defineConfig, mergeConfig } from 'vitest/config'
import { shared } from '../../vitest.shared.ts'

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      maxWorkers: 4, // they mostly wait
      globalSetup: '../testing/src/postgres/global-setup.ts',
      provide: { amqpUrl: process.env['TEST_AMQP_URL'] ?? '' },
    },
  }),
)
