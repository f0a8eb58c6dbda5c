// Services in a process that kills itself at a point of the checkout: node process.ts <orders as JSON>
import type { acquiring as Acquiring } from '@slipway/acquiring'
import type { Service } from '@slipway/service-kit'
import { makeKillable } from './killable-client.ts'
import { parts } from './parts.ts'
import type { Orders } from './points.ts'

const orders = JSON.parse(process.argv[2] ?? '') as Orders

const die = (point: string) => {
  if (point === orders.killAt) process.kill(process.pid, 'SIGKILL')
}

/** Calls that leave the database are points as well. */
function killable<T extends object>(target: T, points: Partial<Record<keyof T, string>>): T {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const call = (...args: unknown[]) => Reflect.apply(value, target, args) as unknown
      const step = points[name as keyof T]
      if (!step) return call
      return async (...args: unknown[]) => {
        die(`before ${step}`)
        const result = await call(...args)
        die(`after ${step}`)
        return result
      }
    },
  })
}

function withKillableCalls(service: Service): Service {
  if (service.name !== 'acquiring') return service
  const { definition } = service as typeof Acquiring
  const { buildDeps } = definition
  definition.buildDeps = async (platform) => {
    const deps = await buildDeps(platform)
    const { providers } = deps
    const get = (name: string) => killable(providers.get(name), { open: 'page asked', refund: 'refund made' })
    return {
      ...deps,
      cart: killable(deps.cart, { checkout: 'cart asked' }),
      providers: { ...providers, get, current: get(providers.current.name) },
    }
  }
  return service
}

if (orders.killAt) makeKillable(die)
const built = await Promise.all(
  orders.services.map(async ({ name, port, environment }) => {
    const service = await parts[name]!()
    const running = await withKillableCalls(service).build(environment)
    await running.app.listen({ host: '127.0.0.1', port })
    await running.work()
    return running
  }),
)
process.stdout.write('up\n')

process.on('SIGTERM', async () => {
  await Promise.all(built.map((service) => service.stop(2_000)))
  process.exit(0)
})
