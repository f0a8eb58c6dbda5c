import { cpSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFileTrace } from '@vercel/nft'

/**
 * `node collect.ts <service> <folder>`: copies what that service runs on, file by file, as its imports say: no other
 * service, no test, no tool, of each dependency only what is used.
 */
const [service = '', target = ''] = process.argv.slice(2)
const root = fileURLToPath(new URL('../..', import.meta.url))
const main = `services/${service}/src/main.ts`
if (!service || !target || !existsSync(join(root, main))) {
  console.error(`There is no service "${service}": --build-arg SERVICE=<folder under services/>`)
  process.exit(1)
}

const { fileList } = await nodeFileTrace([main], { base: root, processCwd: root, ts: true, readFile: asJavaScript })
const workspaces = new Set([...fileList].flatMap((file) => /^(libs|services)\/[^/]+/.exec(file)?.[0] ?? []))
// read by path at run time, which no import shows
const migrations = [...workspaces].flatMap((folder) =>
  globSync(`${folder}/{,prisma/}migrations/**/*.sql`, { cwd: root }),
)

for (const file of new Set([...fileList, ...migrations])) {
  mkdirSync(dirname(join(target, file)), { recursive: true })
  cpSync(join(root, file), join(target, file), { recursive: true, verbatimSymlinks: true })
}
cpSync(join(root, 'deploy/docker/health.sh'), join(target, 'health.sh'))
writeFileSync(join(target, 'main.ts'), `import './${main}'\n`)
writeFileSync(join(target, 'package.json'), '{ "type": "module" }\n')
console.log(`${service}: ${fileList.size} files of ${[...workspaces].sort().join(', ')} and their dependencies`)

/** The tracer reads JavaScript only. */
async function asJavaScript(path: string): Promise<string | null> {
  try {
    const text = await readFile(path, 'utf8')
    return /(?<!\.d)\.ts$/.test(path) ? stripTypeScriptTypes(text) : text
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR') return null
    throw error
  }
}
