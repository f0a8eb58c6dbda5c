import { parseArgs } from 'node:util'
import { WrongCommand, type ServiceCommand } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { rotateKeys } from './key-rotation.ts'
import type { SigningKey } from './signing-key.ts'

const usage = `key rotate [--now] [--drop-old]   the next key signs from now on; the one before stays published until its
                                  tokens have expired, unless it is dropped; --now: though the next one is just new
key list`

const options = { now: { type: 'boolean' }, 'drop-old': { type: 'boolean' } } as const

/** Looks after the signing keys. Replicas that run take up a change within a minute. */
export const keyCommand =
  (deps: Deps): ServiceCommand =>
  async (args) => {
    const { verb, now, 'drop-old': dropOld } = read(args)
    if (verb === 'rotate') await rotateKeys({ now, dropOld }, deps)
    else if (verb !== 'list') throw new WrongCommand(usage)
    return (await deps.transaction(({ signingKeys }) => signingKeys.lock())).map(describe)
  }

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { ...values, verb: positionals.length === 1 ? positionals[0] : undefined }
  } catch (error) {
    throw new WrongCommand(`${(error as Error).message}\n${usage}`)
  }
}

function describe({ kid, algorithm, state, createdAt, activatedAt, publishedUntil }: SigningKey): string {
  const times = [
    `made ${createdAt.toISOString()}`,
    ...(activatedAt ? [`current from ${activatedAt.toISOString()}`] : []),
    ...(publishedUntil ? [`published until ${publishedUntil.toISOString()}`] : []),
  ]
  return `${kid}  ${algorithm.padEnd(5)}  ${state.padEnd(7)}  ${times.join(', ')}`
}
