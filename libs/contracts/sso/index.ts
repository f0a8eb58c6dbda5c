export { ssoContract } from './contract.ts'
export {
  EmailVerificationRequested,
  PasswordResetRequested,
  SessionTokenReused,
  UserDeleted,
  UserRegistered,
} from './events.ts'
export { accessTokenType, Introspection, OAuthErrorBody, OAuthToken, tokenExchangeGrant } from './oauth.ts'
export { ssoPermissions } from './permissions.ts'
export {
  AuditEvent,
  AuditPage,
  Email,
  EmailConfirmation,
  LinkRequest,
  Login,
  NewUser,
  PasswordChange,
  PasswordReset,
  ProfileChanges,
  Refresh,
  Session,
  SessionPage,
  TokenPair,
  User,
  UserChanges,
  UserPage,
  UserRoles,
} from './schemas.ts'
