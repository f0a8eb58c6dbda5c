export { UserRegistered } from './events.ts'
export { Email, Login, NewUser, TokenPair, User } from './schemas.ts'
