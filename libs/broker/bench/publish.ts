// The outbox's relay against amqplib's own confirms: node libs/broker/bench/publish.ts
import { connect } from 'amqplib'
import { OrderShipped } from '../src/testing/events.ts'
import { createTransport } from '../src/transport/create-transport.ts'
import { openBench, quantile, quietObservability, report, until } from './bench.ts'
import { amqpUrl } from './config.ts'
import { bindQueue, fillOutbox, relayOf, sampleBody } from './relaying.ts'

const events = 10_000
const rounds = 7

const bench = await openBench()
const settings = bench.settings('RabbitMQ')
const transport = createTransport('bench', settings, [1000], quietObservability().logger)
await transport.start()
await bindQueue(transport)
const connection = await connect(amqpUrl)

async function raw(): Promise<number> {
  const channel = await connection.createConfirmChannel()
  const body = Buffer.from(sampleBody())
  const startedAt = performance.now()
  for (let sent = 0; sent < events; sent++)
    channel.publish(`${bench.prefix}events`, OrderShipped.type, body, { persistent: true, mandatory: true })
  await channel.waitForConfirms()
  const seconds = (performance.now() - startedAt) / 1000
  await channel.close()
  return events / seconds
}

async function throughOutbox(): Promise<number> {
  await fillOutbox(bench.pool, events)
  const startedAt = performance.now()
  const relay = relayOf(bench, settings, transport)
  await until(async () => (await relay.published()) >= events)
  const seconds = (performance.now() - startedAt) / 1000
  await relay.stop()
  return events / seconds
}

const rates: Record<'raw' | 'throughOutbox', number[]> = { raw: [], throughOutbox: [] }
for (let round = 0; round <= rounds; round++) {
  for (const [name, run] of [
    ['raw', raw],
    ['throughOutbox', throughOutbox],
  ] as const) {
    const rate = await run()
    const purge = await connection.createChannel()
    await purge.purgeQueue(`${bench.prefix}bench.pack`)
    await purge.close()
    if (round > 0) rates[name].push(rate) // the first warms up
  }
}
const ratios = rates.throughOutbox.map((rate, round) => rate / (rates.raw[round] ?? Number.NaN))
report('amqplib confirms, events/s', quantile(rates.raw, 0.5).toFixed(0))
report('relay from the outbox, events/s', quantile(rates.throughOutbox, 0.5).toFixed(0))
report('ratio, median of the rounds', quantile(ratios, 0.5).toFixed(2), '0.40')
await connection.close()
await transport.close()
await bench.close(['bench.pack', 'bench.pack.dead'])
