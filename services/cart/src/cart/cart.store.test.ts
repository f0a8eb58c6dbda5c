import { expect } from 'vitest'
import { product } from '../testing/factories.ts'
import { lantern, mug, sampleId } from '../testing/samples.ts'
import { checkout, fillCart, setItem } from '../testing/shopping.ts'
import { test } from '../testing/test.ts'

test('the database itself refuses what must never be', async ({ api, deps }) => {
  const id = await fillCart({ api, deps })
  await checkout(api, id, sampleId(300))
  const carts = (assignment: string) => `UPDATE carts SET ${assignment}`
  const lines = (assignment: string) => `UPDATE cart_lines SET ${assignment} WHERE product_id = '${mug.id}'`
  const products = (assignment: string) => `UPDATE products SET ${assignment} WHERE id = '${lantern.id}'`
  const another = (paymentId: string, status: string) =>
    `INSERT INTO carts SELECT '${sampleId(9)}', user_id, '${status}', version, currency, '${paymentId}', total_amount,
       ended_payments, created_at, updated_at FROM carts`
  const refused: [constraint: string, statement: string][] = [
    ['carts_current_key', another(sampleId(301), 'locked')],
    ['carts_payment_id_key', another(sampleId(300), 'paid')],
    ['carts_status_check', carts(`status = 'gone'`)],
    ['carts_payment_id_check', carts(`status = 'open', total_amount = NULL`)],
    ['carts_payment_id_check', carts('payment_id = NULL')],
    ['carts_total_amount_check', carts('total_amount = NULL')],
    ['carts_total_amount_check', carts('total_amount = 0')],
    ['carts_version_check', carts('version = 0')],
    ['carts_currency_check', carts(`currency = 'usd'`)],
    ['cart_lines_quantity_check', lines('quantity = 0')],
    ['cart_lines_quantity_check', lines('quantity = 100')],
    ['cart_lines_frozen_check', lines('title = NULL')],
    ['products_price_amount_check', products('price_amount = 0')],
    ['products_price_currency_check', products(`price_currency = '1'`)],
  ]
  for (const [constraint, statement] of refused)
    await expect(deps.database.sql.query(statement), statement).rejects.toMatchObject({ constraint })
})

// #region expect-queries
test('a change costs as many statements in a full cart as in an empty one', async ({ api, deps, expectQueries }) => {
  const goods = product.list(30)
  await deps.products.add(goods)
  await setItem(api, goods[0]!.id, 1)
  await expectQueries(6, () => setItem(api, goods[0]!.id, 2))
  for (const { id } of goods) await setItem(api, id, 1)
  await expectQueries(6, () => setItem(api, goods[0]!.id, 3))
})
// #endregion
