import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findNode, nodeModules, prismaProjects, root } from './paths.mjs'

/** Generates each Prisma client whose schema, or whose generator, is not the one it was generated from. */
export async function ensureGenerated() {
  const version = readFileSync(join(nodeModules, 'prisma', 'package.json'), 'utf8')
  const stale = prismaProjects().flatMap((folder) => {
    const schema = readFileSync(join(folder, 'prisma', 'schema.prisma'))
    const wanted = createHash('sha256').update(schema).update(version).digest('hex')
    const stamp = join(folder, 'prisma', 'generated', '.generated-from')
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted ? [] : [{ folder, stamp, wanted }]
  })
  if (stale.length === 0) return
  console.error(`Generating database clients: ${stale.map(({ folder }) => relative(root, folder)).join(', ')} …`)
  await Promise.all(stale.map(generate))
}

async function generate({ folder, stamp, wanted }) {
  const cli = join(nodeModules, 'prisma', 'build', 'index.js')
  const child = spawn(findNode(), [cli, 'generate', '--schema', 'prisma/schema.prisma'], {
    cwd: folder,
    // generating needs no schema engine, which could only be had by a download
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`prisma generate failed in ${relative(root, folder)}:\n${output}`)
  writeFileSync(stamp, wanted)
}
