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
    onlyDependOnLibsWithTags: [
      ...tagged(every),
      'deploy:platform',
      'client:web',
      ...services.map((name) => `service:${name}`),
    ],
  },
  { sourceTag: 'client:web', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'deploy:platform', onlyDependOnLibsWithTags: tagged(every) },
  { sourceTag: 'tool:generators', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'tool:cli', onlyDependOnLibsWithTags: [...tagged(every), 'tool:generators'] },
  { sourceTag: 'tool:security', onlyDependOnLibsWithTags: [] },
  {
    sourceTag: 'tool:docs',
    onlyDependOnLibsWithTags: [...tagged(every), 'lib:testing', 'deploy:platform', 'client:web'],
  },
]

const namedExports = { selector: 'ExportAllDeclaration', message: 'Name the exports.' }
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only config.ts and main.ts see the environment.',
}

/** Amounts are minor units in variables and fields named `amount` or `…Amount`: nothing but money.ts calculates with them. */
const amount = '/^amount$|Amount$/'
const arithmetic = 'BinaryExpression[operator=/^([-+*/%]|[*][*])$/]'
const calculations = [
  `${arithmetic} > Identifier[name=${amount}]`,
  `${arithmetic} > MemberExpression[property.name=${amount}]`,
  `${arithmetic} > TSNonNullExpression > MemberExpression[property.name=${amount}]`,
  `UnaryExpression[operator=/^[-+]$/] > Identifier[name=${amount}]`,
  `UnaryExpression[operator=/^[-+]$/] > MemberExpression[property.name=${amount}]`,
  `AssignmentExpression[operator!='='][left.name=${amount}]`,
  `AssignmentExpression[operator!='='][left.property.name=${amount}]`,
  `UpdateExpression[argument.name=${amount}]`,
  `UpdateExpression[argument.property.name=${amount}]`,
  `CallExpression[callee.object.name='Math'] > Identifier.arguments[name=${amount}]`,
  `CallExpression[callee.object.name='Math'] > MemberExpression.arguments[property.name=${amount}]`,
].map((selector) => ({
  selector,
  message: 'Only contracts/primitives/money.ts calculates with amounts: add, subtract, share …',
}))
const floats = [
  "CallExpression[callee.name='parseFloat']",
  'MemberExpression[property.name=/^(parseFloat|toFixed|toPrecision)$/]',
  'Literal[raw=/^[0-9_]*[.][0-9]/]',
  "BinaryExpression[operator='/']",
  "AssignmentExpression[operator='/=']",
].map((selector) => ({ selector, message: 'Money is no float: nothing here is divided or has decimals.' }))

export default tseslint.config(
  { ignores: ['**/generated/**', '**/node_modules/**', '.nx/**', '.slipway/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          depConstraints,
          enforceBuildableLibDependency: false,
          // nothing is bundled here: what one file loads when it needs it, another may import
          checkDynamicDependenciesExceptions: ['.*'],
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', namedExports, noEnvironment, ...calculations],
    },
  },
  // where amounts are calculated or judged, nothing can become a float
  {
    files: [
      'libs/contracts/primitives/money.ts',
      'services/acquiring/src/{ledger,payment,refund,reconciliation}/**/*.ts',
      'services/sandbox-bank/src/{page,refund,charge,settlement}/**/*.ts',
      'services/cart/src/cart/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', namedExports, noEnvironment, ...calculations, ...floats] },
  },
  {
    files: ['libs/contracts/primitives/money.ts'],
    rules: { 'no-restricted-syntax': ['error', namedExports, ...floats] },
  },
  // settings of the test runner are the workspace's own
  { files: ['**/vitest.config.ts'], rules: { '@nx/enforce-module-boundaries': 'off' } },
  // examples import as their readers do
  { files: ['clients/*/examples/**'], rules: { '@nx/enforce-module-boundaries': 'off' } },
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
      '**/bench/**',
    ],
    rules: { 'no-restricted-syntax': ['error', namedExports] },
  },
)
