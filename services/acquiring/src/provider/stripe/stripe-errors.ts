import { AppError } from '@slipway/errors'
import Stripe from 'stripe'
import { ProviderRefused, ProviderUnclear } from '../errors.ts'

/** What went wrong on Stripe's side, in words that may be shown. */
class StripeTrouble extends AppError {
  readonly code = 'STRIPE_UNAVAILABLE'
  readonly status: number
  constructor(status: number, cause: unknown) {
    super('Stripe gives no clear answer', { cause })
    this.status = status
  }
}

/** A failure that its idempotency key gives again for a day, whatever has become of Stripe. */
export class KeySpent extends ProviderUnclear {}

/** The idempotency key came with other parameters before: something was made under it, and we do not know what. */
export class KeyReused extends KeySpent {}

const { StripeInvalidRequestError, StripeCardError, StripeError, StripeConnectionError } = Stripe.errors
const { StripeIdempotencyError } = Stripe.errors

/** Tells a refusal for good from everything that leaves us in the dark. */
export async function clear<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (error instanceof StripeInvalidRequestError || error instanceof StripeCardError)
      throw new ProviderRefused(error.code ?? error.type, new StripeTrouble(502, error))
    if (error instanceof StripeConnectionError) throw new ProviderUnclear(new StripeTrouble(504, error))
    if (error instanceof StripeIdempotencyError) throw new KeyReused(new StripeTrouble(503, error))
    if (error instanceof StripeError && isRepeatedFailure(error)) throw new KeySpent(new StripeTrouble(503, error))
    if (error instanceof StripeError) throw new ProviderUnclear(new StripeTrouble(503, error))
    throw error instanceof AppError ? error : new ProviderUnclear(new StripeTrouble(502, error))
  }
}

/** https://docs.stripe.com/error-low-level#idempotency */
const isRepeatedFailure = ({ statusCode = 0, headers = {} }: InstanceType<typeof StripeError>) =>
  statusCode >= 500 && headers['idempotent-replayed'] === 'true'

/** Undefined when Stripe has never heard of it. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ProviderRefused && error.reason === 'resource_missing') return undefined
    throw error
  }
}

/** Undefined when it was too late for it: what it is now has to be looked at. */
export async function unlessTooLate<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ProviderRefused && error.reason !== 'resource_missing') return undefined
    throw error
  }
}
