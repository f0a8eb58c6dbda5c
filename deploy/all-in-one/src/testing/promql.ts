import { parser } from '@prometheus-io/lezer-promql'

/** Names of the metrics that a PromQL expression asks for. @throws where it is none, with the place */
export function metricsIn(expression: string): string[] {
  // what Grafana puts in: variables of dashboards, and windows
  const plain = expression.replace(/\[\$__\w+\]/g, '[5m]').replace(/\$\w+/g, 'x')
  const names = new Set<string>()
  parser.parse(plain).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`No PromQL at ${node.from}: ${expression}`)
      if (node.name === 'VectorSelector') {
        const name = node.node.getChild('Identifier')
        if (name) names.add(plain.slice(name.from, name.to))
      }
    },
  })
  return [...names]
}

/** Names of all series that a text in the Prometheus format can have, whether it has them now or not. */
export function seriesIn(exposition: string): Set<string> {
  const names = new Set<string>()
  for (const [, name, type] of exposition.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    names.add(name!)
    if (type === 'histogram') for (const part of ['_bucket', '_sum', '_count']) names.add(`${name}${part}`)
  }
  return names
}
