import { AppError } from '@slipway/errors'
import { WrongCommand, type ServiceCommand } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import type { Suppression } from './suppression.store.ts'

const usage = `suppression list             addresses that a mail server said are none, since when, and its words
suppression lift <address>   messages go there again`

export class AddressNotSuppressed extends AppError {
  readonly code = 'ADDRESS_NOT_SUPPRESSED'
  readonly status = 404
  constructor(address: string) {
    super(`${address} is not suppressed`)
  }
}

/** For what a mail server said by mistake. */
export const suppressionCommand =
  ({ transaction }: Pick<Deps, 'transaction'>): ServiceCommand =>
  async ([verb, address, ...more]) => {
    if (verb === 'list' && !address) return (await transaction((tx) => tx.suppressions.list())).map(describe)
    if (verb !== 'lift' || !address || more.length > 0) throw new WrongCommand(usage)
    if ((await transaction((tx) => tx.suppressions.lift([address]))) === 0) throw new AddressNotSuppressed(address)
    return [`${address} is sent messages again`]
  }

const describe = ({ address, createdAt, reason }: Suppression) =>
  `${address}  ${createdAt.toISOString()}  ${reason.replace(/\s+/g, ' ')}`
