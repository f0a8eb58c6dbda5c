import { defineConfig, mergeConfig } from 'vitest/config'
import { shared } from '../../vitest.shared.ts'

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      globalSetup: '../../libs/testing/src/postgres/global-setup.ts',
      setupFiles: '../../libs/testing/src/setup.ts',
    },
  }),
)
