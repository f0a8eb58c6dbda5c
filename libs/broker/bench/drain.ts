// A long backlog drains at a flat rate in little memory: node libs/broker/bench/drain.ts [events]
import { connect } from 'amqplib'
import { createTransport } from '../src/transport/create-transport.ts'
import { openBench, quietObservability, report, until } from './bench.ts'
import { amqpUrl } from './config.ts'
import { bindQueue, fillOutbox, relayOf } from './relaying.ts'

const events = Number(process.argv[2] ?? 200_000)
const parts = 10

const bench = await openBench()
const settings = bench.settings('RabbitMQ')
const transport = createTransport('bench', settings, [1000], quietObservability().logger)
await transport.start()
await bindQueue(transport)
await fillOutbox(bench.pool, events)

const connection = await connect(amqpUrl)
const operator = await connection.createChannel()
let memory = 0
const watch = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 20)
const rates: number[] = []
const relay = relayOf(bench, settings, transport)
let from = { at: performance.now(), published: 0 }
for (let part = 1; part <= parts; part++) {
  let published = 0
  await until(async () => (published = await relay.published()) >= (events * part) / parts)
  const at = performance.now()
  rates.push(((published - from.published) * 1000) / (at - from.at))
  from = { at, published }
  await operator.purgeQueue(`${bench.prefix}bench.pack`)
}
clearInterval(watch)
await relay.stop()

const [first = 0, last = 0] = [rates.slice(0, parts / 2), rates.slice(parts / 2)].map((half) =>
  half.reduce((sum, rate) => sum + 1 / rate, 0),
)
report(`backlog of ${events}, events/s by tenths`, rates.map((rate) => rate.toFixed(0)).join(' '))
report('rate of the second half to that of the first', (first / last).toFixed(2), 'flat, 1.00')
report('memory of the process, MB', (memory / 1024 / 1024).toFixed(0), '200 at most')
await connection.close()
await transport.close()
await bench.close(['bench.pack', 'bench.pack.dead'])
