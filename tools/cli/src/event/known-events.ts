import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { EventType } from '@slipway/broker'

const contracts = fileURLToPath(new URL('../../../../libs/contracts', import.meta.url))

/** Every event type that a contract declares, by its name. */
export async function knownEvents(): Promise<ReadonlyMap<string, EventType>> {
  const files = readdirSync(contracts)
    .map((owner) => join(contracts, owner, 'events.ts'))
    .filter((file) => existsSync(file))
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(file).href) as Promise<object>))
  const types = modules.flatMap((module) => Object.values(module) as unknown[]).filter(isEventType)
  return new Map(types.map((on) => [on.type, on]))
}

const isEventType = (value: unknown): value is EventType =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  'data' in value &&
  /\.v\d+$/.test(String(value.type))
