import type { MigrationRows } from '@slipway/database'

const id = (number: number) => `01980000-0000-7000-9000-${String(number).padStart(12, '0')}`

const page = (number: number, columns: Record<string, string | number>) => {
  const required = { id: id(number), reference: `r${number}`, idempotency_key: `k${number}`, fingerprint: '' }
  const all = { ...required, amount: 1_000, currency: 'USD', created_at: '2026-01-01T12:00:00Z', ...columns }
  return `INSERT INTO pages (${Object.keys(all).join()}) VALUES ('${Object.values(all).join(`', '`)}');`
}
const charge = (number: number, amount: number) =>
  `INSERT INTO charges (id, page_id, amount, currency, created_at) VALUES ('${id(number)}', '${id(number)}', ${amount}, 'USD', now());`

export const rows: Record<string, MigrationRows> = {
  '20261127194500_capture_and_settlement': {
    before: [
      page(1, { status: 'open' }),
      page(2, { status: 'paid', refunded: 300, sequence: 2 }),
      charge(2, 1_000),
      page(3, { status: 'charged_back', refunded: 1, sequence: 3 }),
      charge(3, 1_000),
      page(4, { status: 'declined', sequence: 1 }),
      page(5, { status: 'canceled', sequence: 1 }),
    ].join('\n'),
    up: {
      query: `SELECT reference, status, capture, captured, refunded FROM pages WHERE reference < 'r6' ORDER BY reference`,
      rows: [
        { reference: 'r1', status: 'open', capture: 'automatic', captured: '0', refunded: '0' },
        { reference: 'r2', status: 'paid', capture: 'automatic', captured: '1000', refunded: '300' },
        { reference: 'r3', status: 'charged_back', capture: 'automatic', captured: '1000', refunded: '1' },
        { reference: 'r4', status: 'declined', capture: 'automatic', captured: '0', refunded: '0' },
        { reference: 'r5', status: 'canceled', capture: 'automatic', captured: '0', refunded: '0' },
      ],
    },
    // held and not taken; taken in part
    after: [
      page(6, { status: 'authorized', capture: 'manual', sequence: 1 }),
      page(7, { status: 'paid', capture: 'manual', captured: 600, refunded: 200, sequence: 3 }),
      charge(7, 600),
    ].join('\n'),
    // as the release before takes a page whole, what it may refund is what was taken
    down: {
      query: 'SELECT reference, status, amount, refunded FROM pages ORDER BY reference',
      rows: [
        { reference: 'r1', status: 'open', amount: '1000', refunded: '0' },
        { reference: 'r2', status: 'paid', amount: '1000', refunded: '300' },
        { reference: 'r3', status: 'charged_back', amount: '1000', refunded: '1' },
        { reference: 'r4', status: 'declined', amount: '1000', refunded: '0' },
        { reference: 'r5', status: 'canceled', amount: '1000', refunded: '0' },
        { reference: 'r6', status: 'canceled', amount: '1000', refunded: '0' },
        { reference: 'r7', status: 'paid', amount: '600', refunded: '200' },
      ],
    },
  },
}
