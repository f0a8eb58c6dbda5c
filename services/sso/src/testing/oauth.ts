import type { Answer, Api } from '@slipway/testing'

/** HTTP Basic, each part form-encoded first (RFC 6749 appendix B). */
export const basic = (id: string, secret: string) => {
  const [user, pass] = [id, secret].map((text) => new URLSearchParams({ '': text }).toString().slice(1))
  return { authorization: `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}` }
}

/** Posts a form to an OAuth endpoint. */
const postForm =
  (path: string) =>
  (api: Api, fields: Record<string, string> | string, headers: Record<string, string> = {}): Promise<Answer> =>
    api.post(path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    })

export const askToken = postForm('/sso/oauth2/token')
export const introspect = postForm('/sso/oauth2/introspect')
export const revoke = postForm('/sso/oauth2/revoke')
