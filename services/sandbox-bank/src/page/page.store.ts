import { money } from '@slipway/contracts/primitives'
import type { Sql, Transaction } from '@slipway/database'
import type { PageStatus } from '@slipway/contracts/sandbox-bank'
import type { PaymentPage as Row, Prisma } from '../../prisma/generated/client.ts'
import type { Fault } from '../fault/fault.ts'
import type { Idempotency } from '../merchant/idempotency.ts'
import { PageNotFound } from './errors.ts'
import type { PaymentPage } from './page.ts'

export type PrismaTransaction = Transaction<Prisma.TransactionClient>

/** Pages outside a transaction. */
export class PageStore {
  readonly #pages: Prisma.TransactionClient['paymentPage']

  constructor(prisma: Pick<Prisma.TransactionClient, 'paymentPage'>) {
    this.#pages = prisma.paymentPage
  }

  /** False when the key or the reference is taken already. */
  async add(page: PaymentPage, { key, fingerprint }: Idempotency): Promise<boolean> {
    const { count } = await this.#pages.createMany({
      data: { ...rowOf(page), id: page.id, idempotencyKey: key, fingerprint, createdAt: page.createdAt },
      skipDuplicates: true,
    })
    return count === 1
  }

  async byKey(idempotencyKey: string): Promise<{ page: PaymentPage; fingerprint: string } | undefined> {
    const row = await this.#pages.findUnique({ where: { idempotencyKey } })
    return row ? { page: pageOf(row), fingerprint: row.fingerprint } : undefined
  }

  /** @throws PageNotFound */
  async get(id: string): Promise<PaymentPage> {
    return found(await this.#pages.findUnique({ where: { id } }))
  }

  /** @throws PageNotFound */
  async byReference(reference: string): Promise<PaymentPage> {
    return found(await this.#pages.findUnique({ where: { reference } }))
  }
}

/** Pages inside a transaction: locked, changed, saved. */
export class LockedPages {
  readonly #sql: Sql
  readonly #pages: Prisma.TransactionClient['paymentPage']

  constructor({ sql, prisma }: PrismaTransaction) {
    this.#sql = sql
    this.#pages = prisma.paymentPage
  }

  /** Holds the page until the transaction ends. @throws PageNotFound */
  async lock(id: string): Promise<PaymentPage> {
    await this.#sql.query('SELECT 1 FROM pages WHERE id = $1 FOR UPDATE', [id])
    return found(await this.#pages.findUnique({ where: { id } }))
  }

  async save(page: PaymentPage): Promise<void> {
    await this.#pages.update({ where: { id: page.id }, data: rowOf(page) })
  }
}

const rowOf = (page: PaymentPage) => ({
  reference: page.reference,
  amount: BigInt(page.amount.amount),
  currency: page.amount.currency,
  capture: page.capture,
  captured: BigInt(page.captured.amount),
  refunded: BigInt(page.refunded.amount),
  disputed: page.disputed,
  returnUrl: page.returnUrl,
  status: page.status,
  declineCode: page.declineCode,
  cardBrand: page.card?.brand,
  cardLast4: page.card?.last4,
  sequence: page.sequence,
  faults: [...page.faults],
})

const pageOf = (row: Row): PaymentPage => ({
  id: row.id,
  reference: row.reference,
  amount: money(row.amount, row.currency),
  capture: row.capture as PaymentPage['capture'],
  captured: money(row.captured, row.currency),
  refunded: money(row.refunded, row.currency),
  disputed: row.disputed,
  returnUrl: row.returnUrl ?? undefined,
  status: row.status as PageStatus,
  declineCode: row.declineCode ?? undefined,
  card: row.cardBrand && row.cardLast4 ? { brand: row.cardBrand, last4: row.cardLast4 } : undefined,
  sequence: row.sequence,
  faults: row.faults as Fault[],
  createdAt: row.createdAt,
})

function found(row: Row | null): PaymentPage {
  if (!row) throw new PageNotFound()
  return pageOf(row)
}
