import type { App, CallerKind, RouteInfo } from '@slipway/service-kit'
import type { Answer } from '../../fixtures/api.ts'
import { service as serviceCaller, tokenOf } from '../../tokens/tokens.ts'
import { written, type RouteRequest } from '../requests/route-request.ts'
import { send } from '../requests/send.ts'
import { callerOf } from './callers.ts'

/** Sends it as somebody without permissions. */
export async function askAs(
  kind: CallerKind,
  id: string,
  { app, service }: { app: Pick<App, 'inject'>; service: string },
  route: RouteInfo,
  request: RouteRequest,
): Promise<Answer> {
  const caller = kind === 'service' ? serviceCaller(id) : callerOf(kind, service, [], id)
  const sent = written(route, request)
  return send(app, { ...sent, headers: { ...sent.headers, authorization: `Bearer ${await tokenOf(caller)}` } })
}

export const shortened = ({ text }: Answer) => text.slice(0, 200)
