import { SettlementQuery, type SettlementLine } from '@slipway/contracts/sandbox-bank'
import type { Route } from '@slipway/service-kit'
import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { merchantAccess } from '../merchant/api-key.ts'
import { periodOf } from './period.ts'
import { cursorOf, type Period } from './settlement.store.ts'

const schema = {
  hide: true,
  querystring: Type.Object({ from: SettlementQuery.properties.from, to: SettlementQuery.properties.to }),
}
const batch = 500
const head = ['id', 'kind', 'page_id', 'reference', 'refund_id', 'amount', 'fee', 'currency', 'at']

/** The same as a file for people: CSV with a head line (RFC 4180). */
export const downloadSettlementRoute: Route<Pick<Deps, 'settlement' | 'clock'>> = async (app, { deps }) => {
  app.get('/v1/settlements/file', { schema, config: { access: merchantAccess } }, async ({ query }, reply) => {
    const period = periodOf(query, deps.clock)
    return reply.type('text/csv; charset=utf-8').send(Readable.from(rowsOf(deps, period)))
  })
}

/** As long as it is, no more of it than a batch is in memory. */
async function* rowsOf({ settlement }: Pick<Deps, 'settlement'>, period: Period) {
  yield `${head.join(',')}\r\n`
  for (let cursor: string | undefined; ;) {
    const lines = await settlement.lines(period, batch, cursor)
    for (const line of lines) yield `${fieldsOf(line).map(quoted).join(',')}\r\n`
    if (lines.length < batch) return
    cursor = cursorOf(lines.at(-1)!)
  }
}

const fieldsOf = ({ id, kind, pageId, reference, refundId = '', amount, fee, at }: SettlementLine) => [
  ...[id, kind, pageId, reference, refundId],
  ...[String(amount.amount), String(fee.amount), amount.currency, at],
]

/** A text that begins like a formula is none in a spreadsheet. */
const quoted = (text: string) => {
  const safe = /^[=+@\t\r]|^-\D/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
