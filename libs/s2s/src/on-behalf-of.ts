/**
 * The user a call is made for. `forward` sends the user's own token (to user routes); `exchange` trades it at SSO for
 * one that only the called service accepts and that names both (RFC 8693; needed for internal routes).
 */
export interface OnBehalfOf {
  readonly token: string
  readonly mode: 'forward' | 'exchange'
}

export const forward = ({ token }: { readonly token: string }): OnBehalfOf => ({ token, mode: 'forward' })
export const exchange = ({ token }: { readonly token: string }): OnBehalfOf => ({ token, mode: 'exchange' })
