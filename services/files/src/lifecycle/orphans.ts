import type { ListedObject } from '../store/object-store.ts'

/** A row’s claim to an object. */
export interface Claim {
  key: string
  fileId: string
  /** It cannot do without its object: the file is ready. */
  needed: boolean
}

export interface Compared {
  /** Objects that nothing claims, old enough to be nobody’s. */
  orphans: ListedObject[]
  /** Files whose object is not there. */
  lost: Claim[]
  /** Objects and claims as far as both pages reach; `needed` is of those claims that need their object. */
  seen: { objects: number; files: number; needed: number }
  /** Where the next page begins; undefined after the last one. */
  next: string | undefined
}

export interface Pages {
  objects: readonly ListedObject[]
  claims: readonly Claim[]
  /** Keys that are to be deleted anyway. */
  doomed: ReadonlySet<string>
  /** As many as a full page has: there may be more after it. */
  limit: number
  /** Younger objects may still find their row. */
  olderThan: Date
}

/** Merges a page of the store with a page of rows, both in the order of their keys’ bytes, as far as both reach. */
export function compare({ objects, claims, doomed, limit, olderThan }: Pages): Compared {
  const ends = [objects, claims].flatMap((page) => (page.length === limit ? [page.at(-1)!.key] : []))
  const next = ends.sort()[0]
  const reached = ({ key }: { key: string }) => next === undefined || key <= next
  const seen = claims.filter(reached)
  const claimed = new Set(claims.map(({ key }) => key))
  const present = new Set(objects.map(({ key }) => key))
  return {
    orphans: objects.filter(
      (object) =>
        reached(object) && !claimed.has(object.key) && !doomed.has(object.key) && object.changedAt < olderThan,
    ),
    lost: seen.filter(({ key, needed }) => needed && !present.has(key)),
    seen: {
      objects: objects.filter(reached).length,
      files: seen.length,
      needed: seen.filter(({ needed }) => needed).length,
    },
    next,
  }
}

/** All of several, or most of many: that is rather the wrong store, or the wrong database, than so much harm. */
export const isDoubtful = (found: number, seen: number) =>
  found > 1 && (found >= seen || (found > 10 && found * 2 > seen))
