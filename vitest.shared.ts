import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'

const shuffled = process.env['VITEST_SHUFFLE_SEED']
/** TEST_LONG, as in `npm run test:long`: the tests that take minutes, instead of the others. */
const long = Boolean(process.env['TEST_LONG'])

/** What every project's vitest.config.ts starts from. */
export const shared = defineConfig({
  test: {
    include: [long ? '**/*.long.test.ts' : '**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/generated/**', ...(long ? [] : ['**/*.long.test.ts'])],
    // test files share processes, so that each loads what they test once; that halves the time
    isolate: false,
    // these end what hangs; how busy the machine is must not decide
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default'],
    restoreMocks: true,
    // three projects run beside one another (parallel in nx.json)
    maxWorkers: Math.max(1, Math.floor(availableParallelism() / 2)),
    // VITEST_SHUFFLE_SEED: tests in another order, to find those that depend on it
    sequence: shuffled ? { shuffle: true, seed: Number(shuffled) } : {},
  },
})

const testing = (file: string) => fileURLToPath(new URL(`libs/testing/src/${file}`, import.meta.url))

const files = globSync('src/**/*.test.ts')
/** What these put in the place of modules must not stay for other files. */
const replacing = files.filter((file) => readFileSync(file, 'utf8').includes('vi.mock('))
const others = files.filter((file) => !replacing.includes(file))

/** The vitest.config.ts of every service: PostgreSQL for those that ask, and no network. */
export const serviceTests = mergeConfig(
  shared,
  defineConfig({
    test: {
      globalSetup: testing('postgres/global-setup.ts'),
      setupFiles: testing('setup.ts'),
      projects: [
        { extends: true, test: { name: 'together', exclude: replacing } },
        { extends: true, test: { name: 'alone', isolate: true, exclude: others } },
      ].slice(0, replacing.length > 0 ? 2 : 1),
    },
  }),
)
