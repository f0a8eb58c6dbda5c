import type { Registry } from '@slipway/observability'

interface Configuration {
  name: string
  help: string
  labelNames: string[]
  buckets?: number[]
}

/** The clients of one service share their metrics: the first to come makes them. */
export function metric<Metric>(
  registry: Registry,
  Kind: new (configuration: Configuration & { registers: Registry[] }) => Metric,
  configuration: Configuration,
): Metric {
  const known = registry.getSingleMetric(configuration.name) as Metric | undefined
  return known ?? new Kind({ ...configuration, registers: [registry] })
}
