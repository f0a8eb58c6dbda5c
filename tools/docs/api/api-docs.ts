import { putFiles } from '../put-files.ts'
import { openApiDocuments } from './documents.ts'
import { webClientFiles } from './web-client.ts'

/** What is made from the OpenAPI documents: the typed client of pages. Answers what was stale. */
export async function apiDocs({ write }: { write: boolean }): Promise<string[]> {
  const documents = await openApiDocuments()
  return putFiles(await webClientFiles(documents), { write, all: 'clients/web/src/schema/*' })
}
