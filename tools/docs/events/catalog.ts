import { join } from 'node:path'
import type { EventType } from '@slipway/broker'
import { files, root } from '../files.ts'

export interface CatalogJob {
  service: string
  name: string
  /** Types that its queue is bound to: those it names and their earlier versions. */
  types: readonly string[]
}

/** Everything that is announced between services, and who reacts to it. */
export interface Catalog {
  /** By type, in the order of their names; earlier versions among them. */
  events: readonly EventType[]
  jobs: readonly CatalogJob[]
}

interface JobLike {
  name: string
  on: readonly EventType[]
}

interface ServiceLike {
  name: string
  definition: { jobs?: (deps: unknown) => readonly JobLike[] }
}

/** From the contracts, and from the jobs that services register: the code, not a list that someone keeps. */
export async function readCatalog(): Promise<Catalog> {
  const declared = await exportsOf(files('libs/contracts/*/events.ts'), isEvent)
  const services = await exportsOf(files('services/*/src/app.ts'), isService)
  return {
    events: withEarlier(declared).sort((one, other) => compare(one.type, other.type)),
    jobs: services
      .flatMap(({ name: service, definition }) =>
        (definition.jobs?.(standIn()) ?? []).map(({ name, on }) => ({
          service,
          name,
          types: withEarlier(on).map(({ type }) => type),
        })),
      )
      .sort((one, other) => compare(queueOf(one), queueOf(other))),
  }
}

export const queueOf = ({ service, name }: Pick<CatalogJob, 'service' | 'name'>) => `${service}.${name}`

/** `cart.cart.paid.v1` is announced by cart. */
export const ownerOf = (type: string) => type.split('.', 1)[0]!

/** Each once, with the versions before it. */
export function withEarlier(events: readonly EventType[]): EventType[] {
  const found = new Map<string, EventType>()
  for (const event of events) {
    for (let each: EventType | undefined = event; each; each = each.earlier?.on)
      if (!found.has(each.type)) found.set(each.type, each)
  }
  return [...found.values()]
}

async function exportsOf<T>(paths: readonly string[], is: (value: unknown) => value is T): Promise<T[]> {
  const modules = await Promise.all(paths.map((path) => import(join(root, path)) as Promise<Record<string, unknown>>))
  return modules.flatMap((module) => Object.values(module).filter(is))
}

const isEvent = (value: unknown): value is EventType =>
  typeof value === 'object' && value !== null && 'type' in value && 'data' in value && 'create' in value

const isService = (value: unknown): value is ServiceLike =>
  typeof value === 'object' && value !== null && 'definition' in value && 'name' in value

/** Jobs keep what they are given and touch it only when they run. */
const standIn = (): unknown => new Proxy(() => {}, { get: () => standIn(), apply: () => standIn() })

const compare = (one: string, other: string) => (one < other ? -1 : 1)
