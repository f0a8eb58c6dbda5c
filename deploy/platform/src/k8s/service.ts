import { metricsPort, port, type ServiceEntry } from '../services.ts'
import { networkPolicy } from './network.ts'
import { deployment, labels, migration } from './workload.ts'

const disruption = (name: string, role: string) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: `${name}-${role}`, labels: labels(name, role) },
  spec: { maxUnavailable: 1, selector: { matchLabels: labels(name, role) } },
})

/** Everything in Kubernetes that one service is made of. */
export function serviceObjects(service: ServiceEntry) {
  const { name, needs } = service
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, labels: labels(name) },
      automountServiceAccountToken: false,
    },
    ...(needs.includes('database') ? [migration(service)] : []),
    deployment(service, 'api'),
    deployment(service, 'worker'),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels: labels(name) },
      spec: {
        selector: labels(name, 'api'),
        ports: [{ name: 'http', port, targetPort: 'http' }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      // of API and worker, for Prometheus alone
      metadata: { name: `${name}-metrics`, labels: { ...labels(name), 'slipway.dev/metrics': 'true' } },
      spec: {
        clusterIP: 'None',
        selector: labels(name),
        ports: [{ name: 'metrics', port: metricsPort, targetPort: 'metrics' }],
      },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: `${name}-api`, labels: labels(name, 'api') },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `${name}-api` },
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
      },
    },
    disruption(name, 'api'),
    disruption(name, 'worker'),
    networkPolicy(service),
  ]
}
