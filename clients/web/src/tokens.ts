/** What a page is logged in with. In cookie mode the refresh token is where no script sees it. */
export interface Tokens {
  accessToken: string
  refreshToken?: string
}

/** Where tokens are kept: memory in a browser, the secure storage of the system in a mobile app. */
export interface TokenStore {
  get(): Tokens | undefined
  set(tokens: Tokens | undefined): void
}

export function inMemory(tokens?: Tokens): TokenStore {
  return { get: () => tokens, set: (fresh) => void (tokens = fresh) }
}
