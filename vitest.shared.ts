import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'

/** What every project's vitest.config.ts starts from. */
export const shared = defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/generated/**'],
    passWithNoTests: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
    restoreMocks: true,
    maxWorkers: 2,
  },
})

const testing = (file: string) => fileURLToPath(new URL(`libs/testing/src/${file}`, import.meta.url))

/** The vitest.config.ts of every service: PostgreSQL for those that ask, and no network. */
export const serviceTests = mergeConfig(
  shared,
  defineConfig({ test: { globalSetup: testing('postgres/global-setup.ts'), setupFiles: testing('setup.ts') } }),
)
