import list from '../services.json' with { type: 'json' }

/** What a service needs beside its neighbours. */
export type Need = 'database' | 'events' | 'objects'

/** One entry of `services.json`, the only list of services there is: the rest is made from it or checked against it. */
export interface ServiceEntry {
  /** Folder under `services/`, path prefix, database, image and audience. */
  name: string
  needs: readonly Need[]
  /** Neighbours whose client it uses, as itself or on behalf of a user: it gets `<NAME>_URL` and a client secret. */
  calls: readonly string[]
  /** Neighbours it reaches over HTTP without a token of ours; their addresses are named in `settings`. */
  reaches: readonly string[]
  /** Whether it calls addresses outside of the platform, which a network policy must let through: HTTPS, or these ports. */
  internet: boolean | readonly number[]
  /** Refuses to run in production. */
  development: boolean
  /** Variable -> template: see `fill`. */
  settings: Readonly<Record<string, string>>
  /** Those that only production gets. */
  productionSettings: Readonly<Record<string, string>>
  /** Those that production does not get. */
  developmentSettings: Readonly<Record<string, string>>
}

const none = { settings: {}, productionSettings: {}, developmentSettings: {} }
const defaults = { reaches: [], internet: false, development: false, ...none }

export const services: readonly ServiceEntry[] = list.services.map((entry) => ({
  ...defaults,
  ...(entry as Pick<ServiceEntry, 'name' | 'needs' | 'calls'>),
}))

/** Every container listens here; `metricsPort` is for Prometheus only. */
export const { port, metricsPort } = list

/** Services that have a secret at SSO. */
export const clients = services.filter(({ calls }) => calls.length > 0)

/** Services that keep objects. */
export const storing = services.filter(({ needs }) => needs.includes('objects'))

/** `sandbox-bank` -> `SANDBOX_BANK`, as variables are named. */
export const inCapitals = (name: string) => name.toUpperCase().replaceAll('-', '_')

export const clientSecret = (name: string) => `CLIENT_SECRET_${inCapitals(name)}`
