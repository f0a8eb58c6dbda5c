export { exponentOf, isCurrency, UnknownCurrency } from './currency.ts'
export { defineEvent, type DefinedEvent, type EventType, type NewEvent } from './event.ts'
export {
  add,
  AmountTooLarge,
  compare,
  CurrencyMismatch,
  formatMoney,
  isPositive,
  Money,
  money,
  multiply,
  negate,
  sameMoney,
  share,
  subtract,
  zero,
} from './money.ts'
export { definePermissions, type Permissions } from './permissions.ts'
export { Id, Nothing, Page, PageQuery, ProblemBody, Refusal, StrictObject, Time } from './schemas.ts'
