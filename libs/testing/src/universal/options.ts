import type { Environment } from '@slipway/config'
import type { MigrationRows } from '@slipway/database'
import type { Contract } from '@slipway/s2s'
import type { CallerKind, RouteInfo } from '@slipway/service-kit'
import type { ServiceFixtures } from '../service-test.ts'
import type { TestCaller } from '../tokens/tokens.ts'
import { nameOf, requestFor, type RouteRequest } from './requests/route-request.ts'

type Contracts = Readonly<Record<string, Contract>>

/**
 * Makes what a person’s request needs, such as an object of theirs, and says what differs from a made-up request. `way` is
 * the kind of token, where that matters: what only one service may do brings that service’s `authorization` along.
 */
export type Arrange<Deps, Known = unknown> = (
  world: ServiceFixtures<Deps, Known>,
  person: TestCaller,
  way?: CallerKind,
) => Promise<Partial<RouteRequest> | void>

/** Routes are named as they are declared, with the prefix: `GET /cart/v1/products/:productId`. */
export interface UniversalOptions<Deps, Known = Contracts> {
  environment?: Environment
  /** What the services that this one calls publish. */
  neighbours?: Known
  /** Every route that anyone may call; the platform’s own are known. */
  publicRoutes?: readonly string[]
  /** Every route that checks another proof than a token of ours. */
  signedRoutes?: readonly string[]
  /** Routes whose objects belong to somebody, each with how to make one of the person’s and ask for it. */
  owned?: Readonly<Record<string, Arrange<Deps, Known>>>
  /** Routes that name in their path what belongs to nobody. */
  notOwned?: readonly string[]
  /** Requests that succeed, for other routes where made-up ones do not. */
  requests?: Readonly<Record<string, Arrange<Deps, Known>>>
  /** Rows for every migration that changes some, by the migration’s name. */
  rows?: Readonly<Record<string, MigrationRows>>
}

/** What made-up values are made from; `UNIVERSAL_SEED=… vitest run` for others. */
export const seed = Number(process.env['UNIVERSAL_SEED'] ?? 20_261_123)
/** Random bodies for each route; `UNIVERSAL_RUNS=1000` for a long night. */
export const runs = Number(process.env['UNIVERSAL_RUNS'] ?? 20)

/** Requests for any route: arranged where the service says how, made up from the route’s schemas elsewhere. */
export function arrangeIn<Deps>(
  { owned, requests }: UniversalOptions<Deps>,
  fixtures: ServiceFixtures<Deps, Contracts>,
) {
  let count = 0 // so that no two requests ask for the same unique thing
  return async (route: RouteInfo, person: TestCaller, way?: CallerKind): Promise<RouteRequest> => {
    const name = nameOf(route)
    const arranged = await (owned?.[name] ?? requests?.[name])?.(fixtures, person, way)
    return { ...requestFor(route, seed + count++), ...arranged }
  }
}
