export { defineEvent, type DefinedEvent, type EventType, type NewEvent } from './event.ts'
export { add, AmountTooLarge, CurrencyMismatch, formatMoney, Money, money, multiply, sameMoney } from './money.ts'
export { definePermissions, type Permissions } from './permissions.ts'
export { Id, Nothing, Page, PageQuery, ProblemBody, Refusal, StrictObject, Time } from './schemas.ts'
