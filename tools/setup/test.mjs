import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { acquireTestPostgres } from '../../libs/testing/src/postgres/server.ts'
import { compileCache, nodeModules, root } from './paths.mjs'

/**
 * `npm test [-- project ...]`: the tests of all projects, or of those named, beside one PostgreSQL. `npm run test:long`:
 * those that take long, in files named *.long.test.ts.
 */
const long = process.argv[2] === '--long'
const projects = process.argv.slice(long ? 3 : 2)
const chosen = projects.length > 0 ? ['-p', projects.join(',')] : []
const postgres = await acquireTestPostgres()
const nx = spawn(
  process.execPath,
  [
    join(nodeModules, 'nx', 'dist', 'bin', 'nx.js'),
    'run-many',
    '-t',
    long ? 'test-long' : 'test',
    '--output-style=static',
    ...chosen,
  ],
  {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TEST_DATABASE_URL: postgres.adminUrl,
      TEST_CREATE_DB: '', // done
      NODE_COMPILE_CACHE: compileCache, // for the many processes that tests start
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    },
  },
)
// Ctrl-C reaches Nx by itself; we go on to release the server
process.on('SIGINT', () => {})
process.on('SIGTERM', () => nx.kill('SIGTERM'))

let output = ''
nx.stdout.setEncoding('utf8').on('data', (text) => {
  process.stdout.write(text)
  output += text
})
const [code] = await once(nx, 'close')
await postgres.release()

const text = stripVTControlCharacters(output)
// what failed comes once more, as the projects that ended later have scrolled it away
const failures = text.match(/^⎯+ (Failed Suites|Failed Tests|Unhandled Errors) [^]*?(?=^ *Test Files )/gm) ?? []
if (failures.length > 0) console.log(`\n${failures.join('')}`)
else if (code !== 0) console.log(`\nNx ended with ${code}, and no test has failed: what it says is above`)

const summaries = text.match(/^ *Tests .*$/gm) ?? []
const count = (what) =>
  summaries.reduce((sum, line) => sum + Number(new RegExp(`(\\d+) ${what}`).exec(line)?.[1] ?? 0), 0)
const skipped = count('skipped')
console.log(`\n${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = code ?? 1
