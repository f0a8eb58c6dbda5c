import { randomUUID } from 'node:crypto'

export interface Answer {
  status: number
  type: string
  json: ReturnType<typeof JSON.parse>
}

/** Sends without a token and follows nothing. */
export type Ask = (method: string, path: string) => Promise<Answer>

interface Operation {
  security?: object[]
}
interface OpenApi {
  openapi?: string
  paths?: Record<string, Record<string, Operation>>
}

const problem = 'application/problem+json'

/**
 * What must be so of every service, whatever it does, seen from outside and without a login. Answers how much was asked
 * and what is wrong.
 */
export async function checkService(name: string, ask: Ask, { edge }: { edge: boolean }) {
  const wrong: string[] = []
  let asked = 0
  const expect = async (method: string, path: string, what: string, isRight: (answer: Answer) => boolean) => {
    asked++
    const answer = await ask(method, `/${name}${path}`)
    if (!isRight(answer))
      wrong.push(`${method} /${name}${path}: ${answer.status} ${answer.type || 'without a body'}, not ${what}`)
    return answer
  }
  const refusal = (status: number, code?: string) => (answer: Answer) =>
    answer.status === status && answer.type === problem && (code === undefined || answer.json?.code === code)

  for (const path of ['/health/live', '/health/ready'])
    await expect('GET', path, '200 ok', ({ status, json }) => status === 200 && json?.status === 'ok')
  await expect(
    'GET',
    '/docs',
    'a page',
    ({ status, type }) => (status >= 301 && status <= 308) || (status === 200 && type === 'text/html'),
  )
  await expect('GET', '/no/such/route', 'a 404 problem', refusal(404, 'ROUTE_NOT_FOUND'))
  await expect('GET', '/metrics', '404: they are not public', ({ status }) => status === 404)
  await expect('GET', '/debug/info', 'a 401 problem', refusal(401))
  await expect('GET', '/debug/error', 'a 401 problem', refusal(401))

  const { json } = await expect('GET', '/docs/openapi.json', 'an OpenAPI 3.1 document', isOpenApi)
  const routes = Object.entries((json as OpenApi | undefined)?.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  for (const { method, path, operation } of routes) {
    const own = path.startsWith(`/${name}/`) ? path.slice(name.length + 1) : path
    const filled = own.replaceAll(/\{\w+\}/g, () => randomUUID())
    const hidden = /^\/internal\//.test(own)
    if (hidden && edge) await expect(method, filled, '404: it is not for the outside', ({ status }) => status === 404)
    else if (operation.security?.length) await expect(method, filled, 'a 401 problem', refusal(401))
  }
  // one that is in no document, and spelt as somebody would who looks for a way round
  for (const path of edge ? ['/internal/v1/x', '/Internal/v1/x', '//internal/v1/x', '/%69nternal/v1/x'] : [])
    await expect('GET', path, '404: it is not for the outside', ({ status }) => status === 404)
  return { asked, wrong }
}

const isOpenApi = ({ status, json }: Answer) =>
  status === 200 && /^3\.1/.test(json?.openapi) && Object.keys(json?.paths ?? {}).length > 0
