import { once } from 'node:events'
import type { App } from '@slipway/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { parseFaults, unite, type Fault } from './fault.ts'

const header = 'x-sandbox-fault'
/** Longer than anybody's patience; then the connection breaks. */
const silenceMs = 30_000
const asked = new WeakMap<FastifyRequest, readonly Fault[]>()

/** What this very request asked for or was drawn for it; kept with its page, so that later webhooks about it follow. */
export const faultsOf = (request: FastifyRequest): readonly Fault[] => asked.get(request) ?? []

/**
 * Lets requests of this scope go without an answer: before anything is done (`timeout-before`), or after a change is
 * committed (`timeout-after-charging`). Reads still answer then: that is how a merchant finds out.
 */
export function injectFaults(
  scope: App,
  { always, random }: { always: readonly Fault[]; random: () => readonly Fault[] },
) {
  const closing = new AbortController()
  scope.addHook('preClose', async () => closing.abort())

  scope.addHook('onRequest', async (request) => {
    asked.set(request, unite(parseFaults(String(request.headers[header] ?? '')), random()))
  })

  scope.addHook('preHandler', async (request, reply) => {
    if (has(request, 'timeout-before')) await fallSilent(reply)
  })

  scope.addHook('onSend', async (request, reply, payload) => {
    const changed = request.method === 'POST' && reply.statusCode < 400
    if (changed && has(request, 'timeout-after-charging')) await fallSilent(reply)
    return payload
  })

  const has = (request: FastifyRequest, fault: Fault) => unite(always, faultsOf(request)).includes(fault)

  async function fallSilent(reply: FastifyReply) {
    const over = AbortSignal.any([closing.signal, AbortSignal.timeout(silenceMs)])
    await once(reply.raw, 'close', { signal: over }).catch(() => {})
    reply.hijack()
    reply.raw.destroy()
  }
}
