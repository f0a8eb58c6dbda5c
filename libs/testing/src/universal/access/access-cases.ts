import { systemClock, type RouteInfo } from '@slipway/service-kit'
import { garbageTokens, malformedHeaders, tooLongToken } from '../../tokens/malformed-headers.ts'
import { tokenOf, type MakeToken } from '../../tokens/tokens.ts'
import { expiredToken, wrongDelegatedTokens, wrongTokens } from '../../tokens/wrong-tokens.ts'
import { callerOf, kinds, waysInto, type Way } from './callers.ts'
import { permissionMissing, refusals, type Refusal } from './refusals.ts'

/** Something to present at a guarded route, and the refusal that it must get. */
export interface AccessCase {
  what: string
  authorization?: string
  /** Added to the query. */
  query?: Record<string, string>
  refusal: Refusal
}

export interface Guarded {
  /** Name of the service, which delegated tokens are for. */
  service: string
  /** All permissions there are: what a caller has who lacks only the thing that a case is about. */
  permissions: readonly string[]
}

/** Everything that a route for callers must refuse. */
export async function accessCases(route: RouteInfo, guarded: Guarded): Promise<AccessCase[]> {
  const ways = waysInto(route)
  const perKind = kinds.map((kind) =>
    ways.some(({ caller }) => caller === kind) ? forAllowedKind(kind, ways, guarded) : forOtherKind(kind, guarded),
  )
  return [...(await withoutToken(ways, guarded)), ...(await Promise.all(perKind)).flat()]
}

async function withoutToken([way]: readonly Way[], { service, permissions }: Guarded): Promise<AccessCase[]> {
  const token = await tokenOf(callerOf(way!.caller, service, permissions))
  return [
    { what: 'no token', refusal: refusals.noToken },
    { what: 'a right token in the query', query: { access_token: token }, refusal: refusals.noToken },
    ...Object.entries(malformedHeaders(token)).map(([what, authorization]) => ({
      what,
      authorization,
      refusal: refusals.malformed,
    })),
    ...garbageTokens.map((garbage) => ({
      what: `"${garbage.slice(0, 20)}" for a token`,
      authorization: `Bearer ${garbage}`,
      refusal: refusals.invalid,
    })),
    { what: 'a token that is too long', authorization: `Bearer ${tooLongToken}`, refusal: refusals.tooLong },
  ]
}

async function forAllowedKind(kind: Way['caller'], ways: readonly Way[], { service, permissions }: Guarded) {
  const caller = callerOf(kind, service, permissions)
  const wrong = (what: string, make: MakeToken, refusal: Refusal) =>
    present(`a ${kind} token ${what}`, make(caller, systemClock), refusal)
  const entries = Object.entries({ ...wrongTokens, ...(kind === 'delegated' && wrongDelegatedTokens) })
  return Promise.all([
    wrong('that has expired', expiredToken, refusals.expired),
    ...entries.map(([what, make]) => wrong(what, make, refusals.invalid)),
    ...lackingPermissions(kind, ways, { service, permissions }),
  ])
}

/** A token of a kind that the route does not take, with every permission there is. */
async function forOtherKind(kind: Way['caller'], { service, permissions }: Guarded): Promise<AccessCase[]> {
  return [await present(`a ${kind} token`, tokenOf(callerOf(kind, service, permissions)), refusals.wrongKind)]
}

/** Each permission missing in turn, alone and with names that look like it. */
function lackingPermissions(kind: Way['caller'], ways: readonly Way[], { service, permissions }: Guarded) {
  const ofKind = ways.filter(({ caller }) => caller === kind)
  const refusal = permissionMissing(ofKind[0]?.permissions ?? [])
  const admitted = (held: readonly string[]) =>
    ofKind.some((way) => way.permissions.every((each) => held.includes(each)))
  return [...new Set(ofKind.flatMap((way) => way.permissions))].flatMap((missing) => {
    const others = permissions.filter((each) => each !== missing)
    const lookalikes = [
      missing.toUpperCase(),
      `${missing}s`,
      missing.replace(/:.*/, ':*'),
      '*',
      missing.replace(':', ','),
    ]
    const attempts: [string, readonly string[]][] = [
      [`with all permissions but ${missing}`, others],
      [`with what looks like ${missing}`, lookalikes],
      ['without permissions', []],
    ]
    return attempts
      .filter(([, held]) => !admitted(held))
      .map(([what, held]) => present(`a ${kind} token ${what}`, tokenOf(callerOf(kind, service, held)), refusal))
  })
}

async function present(what: string, token: Promise<string>, refusal: Refusal): Promise<AccessCase> {
  return { what, authorization: `Bearer ${await token}`, refusal }
}
