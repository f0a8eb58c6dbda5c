export { UserRegistered } from './events.ts'
export { accessTokenType, OAuthErrorBody, OAuthToken, tokenExchangeGrant } from './oauth.ts'
export { ssoPermissions } from './permissions.ts'
export { Email, Login, NewUser, ProfileChanges, Refresh, Session, SessionPage, TokenPair, User } from './schemas.ts'
