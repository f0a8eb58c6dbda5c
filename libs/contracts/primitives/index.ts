export { exponentOf, isCurrency, UnknownCurrency } from './currency.ts'
export { defineEvent, type DefinedEvent, type EarlierVersion, type EventType, type NewEvent } from './event.ts'
export {
  add,
  AmountNotRepresentable,
  AmountTooLarge,
  compare,
  CurrencyMismatch,
  formatMoney,
  isPositive,
  Money,
  money,
  moneyAt,
  multiply,
  negate,
  sameMoney,
  share,
  subtract,
  unitsAt,
  zero,
} from './money.ts'
export { definePermissions, type Permissions } from './permissions.ts'
export { Id, Nothing, Page, PageQuery, ProblemBody, Refusal, StrictObject, Time } from './schemas.ts'
