import { collectDefaultMetrics, Registry } from 'prom-client'

let processMetrics: Registry | undefined

/**
 * A registry of one service. Memory, CPU, event loop and garbage collection belong to the process: they are observed
 * once and shown in every registry, because each set of observers costs timers and hooks.
 */
export function createRegistry(service: string): Registry {
  if (!processMetrics) collectDefaultMetrics({ register: (processMetrics = new Registry()) })
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  for (const { name } of processMetrics.getMetricsAsArray()) {
    const metric = processMetrics.getSingleMetric(name)
    if (metric) registry.registerMetric(metric)
  }
  return registry
}
