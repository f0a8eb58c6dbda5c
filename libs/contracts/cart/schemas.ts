import { Type, type Static } from 'typebox'
import { Id, Money, Page, StrictObject } from '../primitives/index.ts'

export const Product = Type.Object({
  id: Id,
  title: Type.String(),
  description: Type.String(),
  price: Money,
  imageUrl: Type.Union([Type.String(), Type.Null()]),
})
export type Product = Static<typeof Product>

export const ProductPage = Page(Product)

export const CartLine = Type.Object({
  productId: Id,
  title: Type.String(),
  unitPrice: Money,
  quantity: Type.Integer({ minimum: 1 }),
  lineTotal: Money,
})

export const CartStatus = Type.Enum(['open', 'locked', 'paid'])
export type CartStatus = Static<typeof CartStatus>

export const Cart = Type.Object({
  id: Id,
  version: Type.Integer(),
  status: CartStatus,
  paymentId: Type.Optional(Id),
  items: Type.Array(CartLine),
  total: Money,
})
export type Cart = Static<typeof Cart>

export const Quantity = StrictObject({ quantity: Type.Integer({ minimum: 0, maximum: 99 }) })

/** Body of checkout and release: the payment that the cart is locked to. */
export const ForPayment = StrictObject({ paymentId: Id })
export type ForPayment = Static<typeof ForPayment>

/** What the payment is for: `total` stays as it is until the payment ends. */
export const FrozenCart = Type.Object({
  cartId: Id,
  version: Type.Integer(),
  total: Money,
  items: Type.Array(CartLine),
})
export type FrozenCart = Static<typeof FrozenCart>
