import type { App } from '@slipway/service-kit'
import type { InjectOptions } from 'fastify'
import type { Answer } from '../../fixtures/api.ts'

export interface Sent {
  method: string
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer
}

/** Hands a request to the app without a network; an object goes out as JSON. */
export async function send(
  app: Pick<App, 'inject'>,
  { method, url, headers = {}, payload }: Omit<Sent, 'payload'> & { payload?: string | object },
): Promise<Answer> {
  const response = await app.inject({
    method: method as InjectOptions['method'],
    url,
    headers,
    ...(payload !== undefined && { payload }),
  })
  const text = response.payload
  const isJson = String(response.headers['content-type']).includes('json')
  return { status: response.statusCode, headers: response.headers, text, json: isJson ? parsed(text) : undefined }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
