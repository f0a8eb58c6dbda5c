export { CartClient } from './client.ts'
export { CartCheckedOut, CartPaid, CartPaymentRejected, CartReleased } from './events.ts'
export { Cart, CartLine, CartStatus, ForPayment, FrozenCart, Product, ProductPage, Quantity } from './schemas.ts'
