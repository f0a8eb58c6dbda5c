import type { Channel, Preferences } from '@slipway/contracts/notifications'
import { AppError } from '@slipway/errors'

export interface Recipient extends Preferences {
  userId: string
  /** Unknown until an event tells it. */
  email: string | null
}

/** Events come in any order: who somebody is may be told after what they are to be told. The job is tried again. */
export class RecipientUnknown extends AppError {
  readonly code = 'RECIPIENT_UNKNOWN'
  readonly status = 404
  constructor(userId: string) {
    super(`No event has told the address of the user ${userId} yet`)
  }
}

/** They erased themselves, and their access token has not expired yet. */
export class UserNotFound extends AppError {
  readonly code = 'USER_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such user')
  }
}

export const newcomer = (userId: string): Recipient => ({
  userId,
  email: null,
  receipts: ['email'],
  phone: null,
  pushToken: null,
})

export const preferencesOf = ({ receipts, phone, pushToken }: Recipient): Preferences => ({
  receipts,
  phone,
  pushToken,
})

/** Where a receipt goes: the wanted channels that there is an address for. @throws RecipientUnknown */
export function receiptAddresses({ userId, email, phone, pushToken, receipts }: Recipient): [Channel, string][] {
  if (receipts.includes('email') && email === null) throw new RecipientUnknown(userId)
  const addresses = { email, sms: phone, push: pushToken }
  return receipts.flatMap((channel): [Channel, string][] => {
    const address = addresses[channel]
    return address === null ? [] : [[channel, address]]
  })
}
