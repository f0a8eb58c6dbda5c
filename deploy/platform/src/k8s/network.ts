import { metricsPort, port, services, type ServiceEntry } from '../services.ts'
import { labels } from './workload.ts'

export const pods = (name: string) => ({ podSelector: { matchLabels: labels(name) } })
export const part = (component: string) => ({ podSelector: { matchLabels: { 'slipway.dev/part': component } } })
export const tcp = (...ports: number[]) => ports.map((number) => ({ protocol: 'TCP', port: number }))
export const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})

/** Who may reach whom: `calls` and `reaches` of the list, SSO's keys for all, and the back ends. */
export function networkPolicy({ name, needs, calls, reaches, internet }: ServiceEntry) {
  const callers = services.filter((other) =>
    name === 'sso' ? other.name !== name : [...other.calls, ...other.reaches].includes(name),
  )
  const neighbours = [...new Set([...(name === 'sso' ? [] : ['sso']), ...calls, ...reaches])]
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels: labels(name) },
    spec: {
      podSelector: { matchLabels: labels(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [namespace('ingress-nginx'), ...callers.map((caller) => pods(caller.name))], ports: tcp(port) },
        { from: [namespace('monitoring')], ports: tcp(metricsPort) },
      ],
      egress: [
        ...(neighbours.length > 0 ? [{ to: neighbours.map(pods), ports: tcp(port) }] : []),
        ...(needs.includes('database') ? [{ to: [part('postgres')], ports: tcp(5432) }] : []),
        ...(needs.includes('events') ? [{ to: [part('rabbitmq')], ports: tcp(5672) }] : []),
        ...(internet || needs.includes('objects')
          ? [
              {
                to: [
                  {
                    ipBlock: {
                      cidr: '0.0.0.0/0',
                      except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
                    },
                  },
                ],
                ports: tcp(...outsidePorts(needs, internet)),
              },
            ]
          : []),
      ],
    },
  }
}

const outsidePorts = (needs: ServiceEntry['needs'], internet: ServiceEntry['internet']) => [
  ...(internet === true || needs.includes('objects') ? [443] : []),
  ...(Array.isArray(internet) ? (internet as readonly number[]) : []),
]

/** Nothing may reach or be reached, but names are looked up. */
export const defaultDeny = [
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny' },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          to: [namespace('kube-system')],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ],
    },
  },
]

/** A path prefix for each service; internal routes lead to a Service without pods, and so to nothing. */
export function ingress(name: string, entries: readonly ServiceEntry[]) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      annotations: {
        'nginx.ingress.kubernetes.io/server-snippet': 'location ~* ^/+[^/]+/+internal(/|$) { return 404; }',
      },
    },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'slipway.example',
          http: {
            paths: entries.map((entry) => ({
              path: `/${entry.name}`,
              pathType: 'Prefix',
              backend: { service: { name: entry.name, port: { name: 'http' } } },
            })),
          },
        },
      ],
    },
  }
}
