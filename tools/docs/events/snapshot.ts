import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventType } from '@slipway/broker'
import { files, root } from '../files.ts'
import { ownerOf } from './catalog.ts'
import { breaks, type Schema } from './compatibility.ts'

/** Event type -> schema of its data, as it was published. */
export type Snapshot = Readonly<Record<string, Schema>>

const file = 'libs/contracts/events.snapshot.json'

/** What the contracts are now, and what of it breaks those who go by what was recorded. */
export function checkContracts(events: readonly EventType[]): { snapshot: Snapshot; broken: string[] } {
  const recorded = existsSync(join(root, file)) ? (JSON.parse(readFileSync(join(root, file), 'utf8')) as Snapshot) : {}
  const owners = new Set(files('libs/contracts/*/events.ts').map((path) => path.split('/')[2]!))
  return judge(recorded, events, owners)
}

/** A service that was removed takes its events along; one that is there keeps what it announced. */
export function judge(recorded: Snapshot, events: readonly EventType[], owners: ReadonlySet<string>) {
  const snapshot: Snapshot = Object.fromEntries(
    events.map(({ type, data }) => [type, JSON.parse(JSON.stringify(data)) as Schema]),
  )
  const broken = Object.entries(recorded).flatMap(([type, before]) => {
    const after = snapshot[type]
    if (after) return breaks(before, after).map((what) => `${type}${what}\n    ${instead(type)}`)
    return owners.has(ownerOf(type)) ? [`${type} is no longer declared.\n    ${retire(type)}`] : []
  })
  return { snapshot, broken }
}

const versioned = /^(.+)\.v(\d+)$/

function instead(type: string): string {
  const [, stem = type, version = '1'] = versioned.exec(type) ?? []
  const next = `${stem}.v${Number(version) + 1}`
  return `Leave ${type} as it is; declare ${next} with an upcaster from it (docs/guides/events.md#changing-an-event).`
}

const retire = (type: string) =>
  `Jobs that listen to it would wait for ever, and those in queues could not be read. Once docs/events.md shows no job of it and ` +
  `its queues are empty, take ${type} out of ${file} in the same change.`
