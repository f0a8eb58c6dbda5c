import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Settings } from '../config.ts'

export const refreshCookie = 'slipway_refresh'

/** Scripts cannot read it, other sites cannot send it, and no route but those of sessions is sent it. */
export const cookieOptions = ({ NODE_ENV }: Pick<Settings, 'NODE_ENV'>): CookieSerializeOptions => ({
  path: '/sso/v1/sessions',
  httpOnly: true,
  sameSite: 'strict',
  secure: NODE_ENV === 'production',
})
