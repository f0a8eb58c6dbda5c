import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../files.ts'
import { putFiles } from '../put-files.ts'
import { collectionFiles } from './collection.ts'
import { openApiDocuments } from './documents.ts'
import { webClientFiles } from './web-client.ts'

/** What is made from the OpenAPI documents: the typed client of pages and the collection of requests. Answers what was stale. */
export async function apiDocs({ write }: { write: boolean }): Promise<string[]> {
  const documents = await openApiDocuments()
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string }
  return [
    ...(await putFiles(await webClientFiles(documents), { write, all: 'clients/web/src/schema/*' })),
    ...(await putFiles(collectionFiles(name, documents), { write, all: 'clients/bruno/*' })),
  ]
}
