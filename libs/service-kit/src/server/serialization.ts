import { fastify, type FastifySerializerCompiler } from 'fastify'
import type { App } from './app.ts'

type Compile = FastifySerializerCompiler<object>

const serializers = new WeakMap<object, ReturnType<Compile>>()
let standard: Promise<Compile> | undefined

/**
 * Fastify’s own serialisers, but made once per process for each schema object: making those of one service takes 10 ms,
 * and tests put a service together again and again.
 */
export async function serializeBySchema(app: App) {
  const compile = await (standard ??= fastifysOwn())
  app.setSerializerCompiler<object>((route) => {
    const known = serializers.get(route.schema) ?? compile(route)
    serializers.set(route.schema, known)
    return known
  })
}

/** Fastify makes its compiler when a first route needs it. */
async function fastifysOwn(): Promise<Compile> {
  const app = fastify()
  app.get('/', { schema: { response: { 200: { type: 'null' } } } }, async () => null)
  await app.ready()
  return app.serializerCompiler as Compile
}
