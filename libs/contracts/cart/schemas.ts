import { Type, type Static } from 'typebox'
import { Id, Money, Page, StrictObject } from '../primitives/index.ts'

export const Product = Type.Object({
  id: Id,
  title: Type.String(),
  description: Type.String(),
  price: Money,
  available: Type.Boolean({ description: 'False while it is withdrawn: it cannot be bought' }),
  imageUrl: Type.Optional(Type.String({ format: 'uri', description: 'Lasting address of its picture' })),
})
export type Product = Static<typeof Product>

export const ProductPage = Page(Product)

// neither NUL nor half a surrogate pair can be kept; a title is one line that shows something
const Title = Type.String({ maxLength: 200, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]+$' })
const Description = Type.String({ maxLength: 5_000, pattern: '^[^\\u0000\\p{Cs}]*$' })

/** Bounded so that the total of the fullest cart is still an exact number. */
const Price = StrictObject({
  amount: Type.Integer({ minimum: 1, maximum: 100_000_000_000, description: 'Minor units' }),
  currency: Money.properties.currency,
})

export const NewProduct = StrictObject({
  title: Title,
  description: Type.Optional(Description),
  price: Price,
})
export type NewProduct = Static<typeof NewProduct>

export const ProductChanges = StrictObject(
  {
    title: Type.Optional(Title),
    description: Type.Optional(Description),
    price: Type.Optional(Price),
    available: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
)
export type ProductChanges = Static<typeof ProductChanges>

export const CartLine = Type.Object({
  productId: Id,
  title: Type.String(),
  unitPrice: Money,
  quantity: Type.Integer({ minimum: 1 }),
  lineTotal: Money,
})
export type CartLine = Static<typeof CartLine>

export const CartStatus = Type.Enum(['open', 'locked', 'paid'])
export type CartStatus = Static<typeof CartStatus>

/** Prices are today’s while the cart is open; title, price and total are frozen while it is locked and once it is paid. */
export const Cart = Type.Object({
  id: Id,
  version: Type.Integer({ description: 'Counts the changes' }),
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
