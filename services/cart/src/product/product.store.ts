import type { Product, ProductChanges } from '@slipway/contracts/cart'
import { money } from '@slipway/contracts/primitives'
import type { Clock } from '@slipway/service-kit'
import type { Prisma, Product as Row } from '../../prisma/generated/client.ts'
import { ProductNotFound } from './product.ts'

export interface ProductStore {
  /** @throws ProductNotFound */
  get(id: string): Promise<Product>
  /** Products that can be bought, oldest first: at most `limit`, from the one after `cursor` on. */
  list(limit: number, cursor?: string): Promise<Product[]>
  /** Adds those whose id is new. */
  add(products: readonly Product[]): Promise<void>
  /** Writes only what is given, so that two editors do not undo each other’s fields. @throws ProductNotFound */
  update(id: string, changes: ProductChanges): Promise<Product>
}

export function productStore({ product }: Pick<Prisma.TransactionClient, 'product'>, clock: Clock): ProductStore {
  return {
    async get(id) {
      return fromRow(await product.findUnique({ where: { id } }))
    },

    async list(limit, cursor) {
      const where = { available: true, ...(cursor && { id: { gt: cursor } }) }
      return (await product.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(fromRow)
    },

    async add(products) {
      const now = clock.now()
      const rows = products.map(({ price, ...rest }) => ({
        ...rest,
        priceAmount: price.amount,
        priceCurrency: price.currency,
        createdAt: now,
        updatedAt: now,
      }))
      await product.createMany({ data: rows, skipDuplicates: true })
    },

    async update(id, { price, ...rest }) {
      const data = { ...rest, priceAmount: price?.amount, priceCurrency: price?.currency, updatedAt: clock.now() }
      const [row] = await product.updateManyAndReturn({ where: { id }, data })
      return fromRow(row)
    },
  }
}

function fromRow(row: Row | null | undefined): Product {
  if (!row) throw new ProductNotFound()
  const { id, title, description, priceAmount, priceCurrency, available, imageUrl } = row
  const price = money(Number(priceAmount), priceCurrency)
  return { id, title, description, price, available, ...(imageUrl && { imageUrl }) }
}
