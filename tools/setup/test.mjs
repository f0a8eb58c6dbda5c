import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { acquireTestPostgres } from '../../libs/testing/src/postgres/server.ts'
import { nodeModules, root } from './paths.mjs'

/** `npm test [-- project ...]`: the tests of all projects, or of those named, beside one PostgreSQL. */
const projects = process.argv.slice(2)
const postgres = await acquireTestPostgres()
const nx = spawn(
  process.execPath,
  [
    join(nodeModules, 'nx', 'dist', 'bin', 'nx.js'),
    'run-many',
    '-t',
    'test',
    ...(projects.length > 0 ? ['-p', projects.join(',')] : []),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: postgres.adminUrl } },
)
// Ctrl-C reaches Nx by itself; we go on to release the server
process.on('SIGINT', () => {})
process.on('SIGTERM', () => nx.kill('SIGTERM'))
const [code] = await once(nx, 'exit')
await postgres.release()
process.exit(code ?? 1)
