import { createApi, createSession, type ApiError } from '@slipway/web-client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import createHooks from 'openapi-react-query'
import { useEffect, useSyncExternalStore, type SubmitEvent } from 'react'

// #region set-up
const baseUrl = 'http://localhost:3000'
const session = createSession({ baseUrl, cookie: true })
const hooks = createHooks(createApi({ baseUrl, session }))
const queries = new QueryClient()

export function Shop() {
  const isLoggedIn = useSyncExternalStore(session.subscribe, session.isLoggedIn)
  useEffect(() => void session.refresh(), []) // the cookie of an earlier visit
  return <QueryClientProvider client={queries}>{isLoggedIn ? <Cart /> : <LogIn />}</QueryClientProvider>
}
// #endregion

// #region cart
function Cart() {
  const { data: cart, error, refetch } = hooks.useQuery('get', '/cart/v1/cart')
  const setItem = hooks.useMutation('put', '/cart/v1/cart/items/{productId}', { onSuccess: () => refetch() })
  if (error) return <p role="alert">{error.detail}</p>
  if (!cart) return <p>…</p>
  return (
    <ul>
      {cart.items.map(({ productId, title, quantity }) => (
        <li key={productId}>
          {quantity} × {title}
          <button onClick={() => setItem.mutate({ params: { path: { productId } }, body: { quantity: quantity + 1 } })}>
            One more
          </button>
        </li>
      ))}
    </ul>
  )
}
// #endregion

// #region log-in
function LogIn() {
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const credentials = { email: String(form.get('email')), password: String(form.get('password')) }
    await session.logIn(credentials).catch((error: ApiError) => alert(error.message))
  }
  return (
    <form onSubmit={submit}>
      <input name="email" type="email" autoComplete="username" required />
      <input name="password" type="password" autoComplete="current-password" required />
      <button>Log in</button>
    </form>
  )
}
// #endregion
