import { AppError } from '@slipway/errors'
import type { Deps } from '../deps.ts'
import { createSigningKey, reseal, type SigningKey } from './signing-key.ts'

type RotationDeps = Pick<Deps, 'transaction' | 'clock' | 'settings'>

/** For so long replicas may go on signing with the key before (signing-keys.ts), and clocks of verifiers be slow. */
const slackMs = 60_000 + 300_000
/** Until then somebody may hold published keys (jwks.route.ts), and a replica what it publishes, from before the next one. */
const aheadMs = 300_000 + 60_000

export class NextKeyTooYoung extends AppError {
  readonly code = 'NEXT_KEY_TOO_YOUNG'
  readonly status = 409
  constructor(at: Date) {
    super(`Not everybody knows the next key yet: wait until ${at.toISOString()}, or add --now`)
  }
}

export class NoSigningKeys extends AppError {
  readonly code = 'NO_SIGNING_KEYS'
  readonly status = 409
  constructor() {
    super('There are no signing keys yet: the service makes them at its first start')
  }
}

/** Makes the current and the next key where there is none, and seals anew what is sealed with the old secret. @throws InvalidSettings */
export async function ensureKeys(deps: RotationDeps): Promise<void> {
  const { settings, clock } = deps
  const secrets = secretsOf(settings)
  const now = clock.now()
  const make = (state: 'current' | 'next') =>
    createSigningKey({ algorithm: settings.SIGNING_ALGORITHM, secret: secrets.secret }, state, now)
  await deps.transaction(async ({ signingKeys }) => {
    const keys = await signingKeys.lock()
    const [current, next] = [inState(keys, 'current'), inState(keys, 'next')]
    for (const key of [current, next]) {
      const sealed = key && reseal(key, secrets)
      if (sealed) await signingKeys.reseal(key.kid, sealed)
    }
    if (!current) await signingKeys.add(await make('current'))
    // the setting has changed: what was never used may go
    const outdated = next && next.algorithm !== settings.SIGNING_ALGORITHM
    if (outdated) await signingKeys.delete(next.kid)
    if (!next || outdated) await signingKeys.add(await make('next'))
  })
}

interface Rotation {
  /** Although verifiers may not know the next key yet. */
  now?: boolean
  /** Tokens of the key before count no more: for a key that somebody else has. */
  dropOld?: boolean
  /** Only if the current key is older than this. */
  olderThanMs?: number
}

/** The next key signs from now on, and there is another next one; false when it is not time yet. @throws NextKeyTooYoung */
export async function rotateKeys({ now = false, dropOld = false, olderThanMs = 0 }: Rotation, deps: RotationDeps) {
  const { settings, clock } = deps
  const { secret } = secretsOf(settings)
  const at = clock.now()
  return deps.transaction(async ({ signingKeys, audit }) => {
    const keys = await signingKeys.lock()
    const [current, next] = [inState(keys, 'current'), inState(keys, 'next')]
    if (!current || !next) throw new NoSigningKeys()
    const since = current.activatedAt ?? current.createdAt
    if (at.getTime() - since.getTime() < olderThanMs) return false
    if (!now && !isKnown(next, current, at)) throw new NextKeyTooYoung(new Date(next.createdAt.getTime() + aheadMs))

    await signingKeys.promote(at, new Date(at.getTime() + settings.ACCESS_TOKEN_TTL_S * 1_000 + slackMs))
    if (dropOld) await signingKeys.delete(current.kid)
    await signingKeys.add(await createSigningKey({ algorithm: settings.SIGNING_ALGORITHM, secret }, 'next', at))
    const details = { current: next.kid, retired: current.kid, dropped: dropOld }
    await audit.record({ action: 'key.rotated', actor: null, subject: null, details })
    return true
  })
}

/** Two that were made at once were published together, before there was any token. */
const isKnown = (next: SigningKey, current: SigningKey, at: Date) =>
  next.createdAt.getTime() === current.createdAt.getTime() || at.getTime() - next.createdAt.getTime() >= aheadMs

const inState = (keys: readonly SigningKey[], state: SigningKey['state']) => keys.find((key) => key.state === state)

export const secretsOf = (settings: { SIGNING_KEY_SECRET: string; SIGNING_KEY_SECRET_OLD?: string }) => ({
  secret: settings.SIGNING_KEY_SECRET,
  oldSecret: settings.SIGNING_KEY_SECRET_OLD,
})
