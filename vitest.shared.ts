import { defineConfig } from 'vitest/config'

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
