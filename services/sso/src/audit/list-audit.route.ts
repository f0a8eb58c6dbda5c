import { PageQuery } from '@slipway/contracts/primitives'
import { AuditPage } from '@slipway/contracts/sso'
import { user, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { viewOf } from './audit.ts'

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })
const schema = {
  summary: 'Who did what to accounts, and from where; newest first',
  tags: ['audit'],
  querystring: Type.Object({
    ...PageQuery.properties,
    cursor: Type.Optional(Type.String({ format: 'uuid', description: '`nextCursor` of the page before' })),
    subject: Type.Optional(Name),
    actor: Type.Optional(Name),
    action: Type.Optional(Name),
  }),
  response: { 200: AuditPage },
}
const access = user({ permissions: ['audit:read'] })

export const listAuditRoute: Route<Pick<Deps, 'audit'>> = async (app, { deps }) => {
  app.get('/v1/audit', { schema, config: { access } }, async ({ query: { limit, cursor, ...filter } }) => {
    const found = await deps.audit.list({ ...filter, before: cursor, limit: limit + 1 })
    const items = found.slice(0, limit).map(viewOf)
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null }
  })
}
