import type { Product } from '@slipway/contracts/cart'
import { money } from '@slipway/contracts/primitives'
import type { Deps } from '../deps.ts'

const goods: readonly [title: string, description: string, price: number][] = [
  ['Brass deck lantern', 'Burns for ten hours on one filling; stands where the table does not.', 4_900],
  ['Oiled canvas duffel', 'Holds forty litres and keeps them dry. Repaired for life.', 12_500],
  ['Enamel mug', 'Half a litre. Survives the fall from the galley shelf.', 1_450],
  ['Merino watch cap', 'Warm when wet, and it does not itch.', 2_900],
  ['Splicing kit', 'Fid, needle, waxed twine, and a booklet that explains the eye splice.', 3_350],
  ['Tide clock', 'Twelve hours and twenty-five minutes to the round.', 8_700],
]

/** Ids are fixed: seeding twice, or by two processes at once, adds each product once. */
export const seedProducts = ({ products, currency }: Pick<Deps, 'products' | 'currency'>) =>
  products.add(goods.map((good, index) => toProduct(good, index + 1, currency)))

const toProduct = ([title, description, price]: (typeof goods)[number], number: number, currency: string): Product => ({
  id: `01980000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  title,
  description,
  price: money(price, currency),
  available: true,
})
