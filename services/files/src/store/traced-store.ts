import { SpanKind, type Observability } from '@slipway/observability'
import type { ObjectStore } from './object-store.ts'

/** Makes each question to a store a span of the work that asks it. `read` ends with the first byte, not the last. */
export function tracedStore(
  store: ObjectStore,
  system: 's3' | 'disk',
  { span }: Pick<Observability, 'span'>,
): ObjectStore {
  const traced = <T>(operation: string, key: string, work: () => Promise<T>) =>
    span(
      `${system} ${operation}`,
      {
        kind: SpanKind.CLIENT,
        attributes: { 'object.store.system': system, 'object.store.operation': operation, 'object.store.key': key },
      },
      work,
    )
  return {
    // signed here: nothing is asked
    uploadForm: (grant) => store.uploadForm(grant),
    downloadUrl: (grant) => store.downloadUrl(grant),
    head: (key) => traced('head', key, () => store.head(key)),
    read: (key, ...rest) => traced('read', key, () => store.read(key, ...rest)),
    put: (key, ...rest) => traced('put', key, () => store.put(key, ...rest)),
    copy: (from, to, ...rest) => traced('copy', to, () => store.copy(from, to, ...rest)),
    delete: (key) => traced('delete', key, () => store.delete(key)),
    list: (page) => traced('list', page.prefix, () => store.list(page)),
    close: () => store.close(),
  }
}
