import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { root } from '../files.ts'
import { asyncApi } from './asyncapi.ts'
import { readCatalog } from './catalog.ts'
import { eventMap } from './event-map.ts'
import { checkContracts } from './snapshot.ts'

/** AsyncAPI document, map and recorded contracts. Answers what was or is stale, and changes that would break a consumer. */
export async function eventDocs({ write }: { write: boolean }): Promise<string[]> {
  const catalog = await readCatalog()
  const { snapshot, broken } = checkContracts(catalog.events)
  const stale: string[] = []
  for (const [path, text] of [
    ['docs/asyncapi.json', JSON.stringify(asyncApi(catalog))],
    ['docs/events.md', eventMap(catalog)],
    ...(broken.length === 0 ? [['libs/contracts/events.snapshot.json', JSON.stringify(snapshot)] as const] : []),
  ] as const) {
    const file = join(root, path)
    const fresh = await format(text, { ...(await resolveConfig(file)), filepath: file })
    if (existsSync(file) && readFileSync(file, 'utf8') === fresh) continue
    if (write) writeFileSync(file, fresh)
    else stale.push(`${path}: is stale: npm run docs`)
  }
  return [...broken, ...stale]
}
