import { envJsonToBruV2, jsonToBruV2, jsonToCollectionBru } from '@usebruno/lang'
import { sampleOf } from './sample.ts'
import type { Document, Operation } from './documents.ts'

const folder = 'clients/bruno'

/** A Bruno collection: each operation of every service as a request that can be sent. Path -> content. */
export function collectionFiles(title: string, documents: ReadonlyMap<string, Document>): Map<string, string> {
  const made = new Map([
    [`${folder}/bruno.json`, JSON.stringify({ version: '1', name: title, type: 'collection' })],
    [`${folder}/collection.bru`, collection],
    [`${folder}/environments/local.bru`, environment(title)],
  ])
  for (const [service, { info, paths }] of documents) {
    made.set(`${folder}/${service}/folder.bru`, jsonToBruV2({ meta: { name: service }, docs: info.description }))
    const requests = Object.entries(paths)
      .filter(([path]) => !/^\/[^/]+\/(internal|webhooks)\//.test(path))
      .flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
      )
    for (const [index, request] of requests.entries())
      made.set(`${folder}/${service}/${fileName(request)}.bru`, jsonToBruV2(requestOf(request, index + 1)))
  }
  return made
}

interface Request {
  path: string
  method: string
  operation: Operation
}

const fileName = ({ path, method }: Request) =>
  `${path.split('/').slice(2).join('-').replaceAll(/[{}]/g, '').replaceAll('.', '')}-${method}`.toLowerCase()

const collection = jsonToCollectionBru({
  auth: { mode: 'bearer', bearer: { token: '{{accessToken}}' } },
  docs: 'Set `password` of the environment to what `npm start` printed, and send sso / Log in: its token goes with every request after it.',
})

const environment = (title: string) =>
  envJsonToBruV2({
    variables: [
      { name: 'baseUrl', value: 'http://localhost:3000', enabled: true },
      { name: 'email', value: `shopper@${title.toLowerCase()}.example`, enabled: true },
      { name: 'password', value: '', enabled: true, secret: true },
    ],
  })

function requestOf({ path, method, operation }: Request, seq: number): object {
  const { summary = path, parameters = [], requestBody, security } = operation
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const sample = content && sampleOf(content.schema)
  const isForm = type === 'application/x-www-form-urlencoded'
  const isLogIn = path === '/sso/v1/sessions' && method === 'post'
  const json = isLogIn ? { email: '{{email}}', password: '{{password}}' } : sample
  const given = parameters.filter(({ required, in: place }) => required || place !== 'query')
  return {
    meta: { name: summary.replaceAll(/[/:]/g, ' '), type: 'http', seq },
    http: {
      method,
      url: `{{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      body: type === undefined ? 'none' : isForm ? 'formUrlEncoded' : 'json',
      auth: security ? 'inherit' : 'none',
    },
    params: given
      .filter(({ in: place }) => place !== 'header')
      .map(({ name, in: place, schema }) => ({ name, value: valueOf(schema), type: place, enabled: true })),
    headers: given
      .filter(({ in: place }) => place === 'header')
      .map(({ name, schema }) => ({
        name,
        value: name === 'idempotency-key' ? '{{$guid}}' : valueOf(schema),
        enabled: true,
      })),
    body: isForm
      ? { formUrlEncoded: Object.entries(sample as object).map(([name, value]) => ({ name, value, enabled: true })) }
      : type === undefined
        ? {}
        : { json: JSON.stringify(json, undefined, 2) },
    ...(isLogIn && { script: { res: "bru.setVar('accessToken', res.body.accessToken)" } }),
  }
}

const valueOf = (schema: Parameters<typeof sampleOf>[0]) => String(sampleOf(schema))
