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

const { StripeInvalidRequestError, StripeCardError, StripeError, StripeConnectionError } = Stripe.errors

/**
 * Tells a refusal for good from everything that leaves us in the dark. A key that came with other parameters before is no
 * refusal: something was made under it, and we do not know what.
 */
export async function clear<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (error instanceof StripeInvalidRequestError || error instanceof StripeCardError)
      throw new ProviderRefused(error.code ?? error.type, new StripeTrouble(502, error))
    if (error instanceof StripeConnectionError) throw new ProviderUnclear(new StripeTrouble(504, error))
    if (error instanceof StripeError) throw new ProviderUnclear(new StripeTrouble(503, error))
    throw error instanceof AppError ? error : new ProviderUnclear(new StripeTrouble(502, error))
  }
}

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
