import {
  CircuitState,
  type CircuitBreakerPolicy,
  circuitBreaker,
  CountBreaker,
  ExponentialBackoff,
  handleWhenResult,
  isBrokenCircuitError,
  noJitterGenerator,
} from 'cockatiel'
import { Gauge, type Observability } from '@slipway/observability'
import { UpstreamTimeout, UpstreamUnavailable } from '../errors.ts'
import { metric } from './metric.ts'
import type { Outcome } from './outcome.ts'

/** Leaves a service alone when half of the last calls failed, and tries one call from time to time. */
export function createBreaker(upstream: string, { logger, metrics }: Observability) {
  const open = metric(metrics, Gauge, {
    name: 's2s_circuit_open',
    help: '1 while calls to the service are not even tried',
    labelNames: ['to'],
  })
  const failed = (result: unknown) => {
    const { trouble, error } = result as Outcome
    // the call that tries has to be answered; any other caller in a hurry is no sign of trouble
    return trouble === true || (policy.state === CircuitState.HalfOpen && error instanceof UpstreamTimeout)
  }
  const policy: CircuitBreakerPolicy = circuitBreaker(handleWhenResult(failed), {
    breaker: new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 10 }),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 500, maxDelay: 5_000, generator: noJitterGenerator }),
  })
  policy.onBreak(() => {
    open.set({ to: upstream }, 1)
    logger.warn({ s2s: { to: upstream } }, `Calls to ${upstream} fail: the circuit is open`)
  })
  policy.onReset(() => {
    open.set({ to: upstream }, 0)
    logger.info({ s2s: { to: upstream } }, `Calls to ${upstream} work again: the circuit is closed`)
  })
  return async (attempt: () => Promise<Outcome>): Promise<Outcome> => {
    // others fail at once instead of waiting for the one that tries
    if (policy.state === CircuitState.HalfOpen) return skipped(upstream)
    try {
      return await policy.execute(attempt)
    } catch (error) {
      if (isBrokenCircuitError(error)) return skipped(upstream)
      throw error
    }
  }
}

const skipped = (upstream: string): Outcome => ({ error: new UpstreamUnavailable(upstream, { code: 'CIRCUIT_OPEN' }) })
