import type { Deps } from '../deps.ts'
import type { Cart } from './cart.ts'

/** Changes the user's current cart by a rule of the domain. Its row is locked meanwhile: two tabs take turns. */
export const changeCart = ({ transaction }: Pick<Deps, 'transaction'>, userId: string, change: (cart: Cart) => Cart) =>
  transaction(async ({ carts }) => {
    const cart = await carts.lockCurrent(userId)
    const changed = change(cart)
    if (changed !== cart) await carts.save(changed)
    return changed
  })
