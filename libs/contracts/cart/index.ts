export { CartClient } from './client.ts'
export { cartContract } from './contract.ts'
export { CartCheckedOut, CartPaid, CartPaymentRejected, CartReleased } from './events.ts'
export { cartPermissions } from './permissions.ts'
export {
  Cart,
  CartLine,
  CartStatus,
  ForPayment,
  FrozenCart,
  NewProduct,
  Product,
  ProductChanges,
  ProductPage,
  Quantity,
} from './schemas.ts'
