import { defineConfig, mergeConfig } from 'vitest/config'
import { shared } from '../../vitest.shared.ts'

// whole platforms are started here, several in one test
export default mergeConfig(
  shared,
  defineConfig({ test: { maxWorkers: 2, testTimeout: 600_000, hookTimeout: 600_000 } }),
)
