import { readFileSync } from 'node:fs'
import nx from '@nx/eslint-plugin'
import tseslint from 'typescript-eslint'

/** Imports run one way (docs/decisions/0002-imports-run-one-way.md). A tag that is not listed may import nothing. */
const libs = {
  errors: [],
  config: ['errors'],
  observability: ['errors', 'config'],
  database: ['errors', 'config', 'observability'],
  s2s: ['errors', 'config', 'observability'],
  broker: ['errors', 'config', 'observability', 'database', 's2s'],
  'service-kit': ['errors', 'config', 'observability', 'database', 's2s', 'broker'],
  contracts: ['errors', 's2s'],
  'embedded-postgres': [],
}
const every = Object.keys(libs)
const tagged = (names) => names.map((name) => `lib:${name}`)
const forServices = tagged(every.filter((name) => name !== 'embedded-postgres'))
const list = readFileSync(new URL('deploy/platform/services.json', import.meta.url), 'utf8')
const services = JSON.parse(list).services.map(({ name }) => name)

const depConstraints = [
  ...every.map((name) => ({ sourceTag: `lib:${name}`, onlyDependOnLibsWithTags: tagged(libs[name]) })),
  { sourceTag: 'lib:testing', onlyDependOnLibsWithTags: tagged(every) },
  ...services.map((name) => ({
    sourceTag: `service:${name}`,
    onlyDependOnLibsWithTags: [...forServices, 'lib:testing'],
  })),
  {
    sourceTag: 'deploy:all-in-one',
    onlyDependOnLibsWithTags: [...tagged(every), 'deploy:platform', ...services.map((name) => `service:${name}`)],
  },
  { sourceTag: 'deploy:platform', onlyDependOnLibsWithTags: tagged(every) },
  { sourceTag: 'tool:cli', onlyDependOnLibsWithTags: tagged(every) },
]

export default tseslint.config(
  { ignores: ['**/generated/**', '**/node_modules/**', '.nx/**', '.slipway/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints, enforceBuildableLibDependency: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name the exports.' },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only config.ts and main.ts see the environment.',
        },
      ],
    },
  },
  // settings of the test runner are the workspace's own
  { files: ['**/vitest.config.ts'], rules: { '@nx/enforce-module-boundaries': 'off' } },
  {
    files: [
      '**/config.ts',
      '**/main.ts',
      '**/vitest.config.ts',
      '**/prisma.config.ts',
      'vitest.shared.ts',
      'tools/setup/**',
      '**/*.test.ts',
      'libs/testing/**',
      '**/testing/**',
    ],
    rules: { 'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'Name the exports.' }] },
  },
)
