import { expect, test } from 'vitest'
import { commandsOf } from './commands.ts'

const page = `# Add a service

\`\`\`sh
npx nx g slipway:service orders   # with its tests
# only a remark

npm test -- \\
  orders
\`\`\`

\`\`\`ts
// # no heading
\`\`\`

## Change it

\`\`\`diff
--- a/x
+++ b/x
@@ -1 +1 @@
-a
+b
\`\`\`

### Look

\`\`\`sh
npm start
\`\`\`
`

test('lines for the shell and changes of files, each under its heading', () => {
  expect(commandsOf(page)).toEqual([
    { section: 'Add a service', line: 'npx nx g slipway:service orders   # with its tests' },
    { section: 'Add a service', line: 'npm test -- \\\n  orders' },
    { section: 'Change it', line: "git apply <<'END'\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nEND" },
    { section: 'Look', line: 'npm start' },
  ])
})

test('a page of prose has none', () => {
  expect(commandsOf('# Scaling\n\nSee `npm start`.\n')).toEqual([])
})
