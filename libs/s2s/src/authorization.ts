/** What a call proves its right with. */
export interface Authorization {
  readonly token: string
  /** Tells that the token was not accepted. Whether asking again may give another one. */
  refused?(): boolean
}
