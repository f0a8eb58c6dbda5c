import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

const problem = (status: number, code: string) => ({ status, code, detail: code })

/** Sessions as SSO keeps them, and one route that wants a token: over HTTP, with everything that was asked. */
export async function ssoDouble() {
  const requests: { path: string; token: string | undefined; body: unknown }[] = []
  const state = { valid: 'access-0', refreshable: 'refresh-0', refreshAnswers: 200, refusesAll: false }
  let made = 0

  const pair = () => {
    made++
    Object.assign(state, { valid: `access-${made}`, refreshable: `refresh-${made}` })
    return { accessToken: state.valid, refreshToken: state.refreshable, tokenType: 'Bearer', expiresIn: 900 }
  }
  const answerTo = (path: string, token: string | undefined, body: unknown): [number, object] => {
    const { password, refreshToken } = (body ?? {}) as Record<string, string>
    if (path === '/sso/v1/sessions')
      return password === 'right' ? [201, pair()] : [401, problem(401, 'INVALID_CREDENTIALS')]
    if (path === '/sso/v1/sessions/refresh') {
      if (state.refreshAnswers !== 200) return [state.refreshAnswers, problem(state.refreshAnswers, 'OUT_OF_ORDER')]
      const known = refreshToken === undefined || refreshToken === state.refreshable
      return known ? [200, pair()] : [401, problem(401, 'INVALID_REFRESH_TOKEN')]
    }
    return token === state.valid && !state.refusesAll ? [200, { echo: body }] : [401, problem(401, 'TOKEN_EXPIRED')]
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? ''
    const token = request.headers.authorization?.replace('Bearer ', '')
    const body: unknown = request.headers['content-type'] ? await json(request) : undefined
    requests.push({ path, token, body })
    const [status, reply] = answerTo(path, token, body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy()) // the caller went away
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())

  const asked = (path: string) => requests.filter((request) => request.path === path)
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, state, asked }
}
