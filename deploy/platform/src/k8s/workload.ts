import { stringify } from 'yaml'
import { metricsPort, port, type ServiceEntry } from '../services.ts'
import { environment } from './environment.ts'

export const labels = (service: string, role?: string) => ({
  'app.kubernetes.io/name': service,
  'app.kubernetes.io/part-of': 'slipway',
  ...(role && { 'app.kubernetes.io/component': role }),
})

const container = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
}
/** What all services are told. */
export const ofPlatform = [{ configMapRef: { name: 'slipway' } }]
const pod = { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } }

/** What every pod of a service's image has in common. */
function podSpec({ name }: ServiceEntry) {
  return { serviceAccountName: name, automountServiceAccountToken: false, securityContext: pod }
}

/** API or worker of a service: the same image with another role. */
export function deployment(service: ServiceEntry, role: 'api' | 'worker') {
  const { name } = service
  const probe = (path: string) => ({ httpGet: { path: `/${name}/health/${path}`, port: 'http' }, timeoutSeconds: 3 })
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}-${role}`, labels: labels(name, role) },
    spec: {
      // no replicas: a release must not undo what an autoscaler has set
      revisionHistoryLimit: 3,
      selector: { matchLabels: labels(name, role) },
      // a pod that serves goes only when another serves in its place
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels: labels(name, role) },
        spec: {
          ...podSpec(service),
          // 5 s until nobody sends requests any more, 10 s to finish, and some
          terminationGracePeriodSeconds: 30,
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels(name, role) },
            },
          ],
          containers: [
            {
              name,
              image: `slipway/${name}`,
              ports: [
                { name: 'http', containerPort: port },
                { name: 'metrics', containerPort: metricsPort },
              ],
              envFrom: ofPlatform,
              env: [{ name: 'ROLE', value: role }, ...environment(service, { production: true })],
              startupProbe: { ...probe('live'), periodSeconds: 1, failureThreshold: 60 },
              livenessProbe: { ...probe('live'), periodSeconds: 10, failureThreshold: 3 },
              readinessProbe: { ...probe('ready'), periodSeconds: 5, failureThreshold: 2 },
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              resources: { requests: { cpu: '100m', memory: '192Mi' }, limits: { memory: '384Mi' } },
              securityContext: container,
              ...(service.needs.includes('objects') && { volumeMounts: [{ name: 'checks', mountPath: '/tmp' }] }),
            },
          ],
          // what is being checked is copied there
          ...(service.needs.includes('objects') && {
            volumes: [{ name: 'checks', emptyDir: { sizeLimit: '1Gi' } }],
          }),
        },
      },
    },
  }
}

/** Brings the database to the schema of the release, before its pods; its name changes with the image (see the guide). */
export const migration = (service: ServiceEntry) =>
  onceBeforePods(service, 'migrate', {
    args: ['migrate', 'up'],
    env: environment(service, { production: true }).filter(({ name }) => name === 'DATABASE_URL'),
  })

interface Once {
  args: string[]
  env: object[]
  envFrom?: object[]
}

/** A command of the service's image that runs once, before its pods. */
export function onceBeforePods(service: ServiceEntry, task: string, once: Once) {
  const { name } = service
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name}-${task}`,
      labels: labels(name, task),
      annotations: {
        'argocd.argoproj.io/hook': 'PreSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    },
    spec: {
      backoffLimit: 3,
      ttlSecondsAfterFinished: 86_400,
      template: {
        metadata: { labels: labels(name, task) },
        spec: {
          ...podSpec(service),
          restartPolicy: 'Never',
          containers: [
            {
              name,
              image: `slipway/${name}`,
              ...once,
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
              securityContext: container,
            },
          ],
        },
      },
    },
  }
}

/** Patches that give both Deployments of a service these variables. */
export const withVariables = ({ name }: ServiceEntry, env: readonly object[]) =>
  ['api', 'worker'].map((role) => ({
    patch: stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `${name}-${role}` },
      spec: { template: { spec: { containers: [{ name, env }] } } },
    }),
  }))
