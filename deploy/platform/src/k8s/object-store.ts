import { stringify } from 'yaml'
import { storing, type ServiceEntry } from '../services.ts'
import { environment } from './environment.ts'
import { namespace, part as partOf, pods, tcp } from './network.ts'
import { ofPlatform, onceBeforePods, withVariables } from './workload.ts'

const name = 's3'
const port = 8333
const host = 'objects.slipway.localhost'
const part = { 'slipway.dev/part': name }

const settings = [
  { name: 'S3_ENDPOINT', value: `http://${name}:${port}` },
  { name: 'S3_PUBLIC_ENDPOINT', value: `http://${host}` },
  { name: 'S3_PATH_STYLE', value: 'true' },
]

/** The same server as in docker-compose.yml, with the key of the first service that stores objects. */
const server = (owner: ServiceEntry) => {
  const key = (variable: string) => ({ valueFrom: { secretKeyRef: { name: owner.name, key: variable } } })
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels: part },
    spec: {
      serviceName: name,
      selector: { matchLabels: part },
      template: {
        metadata: { labels: part },
        spec: {
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              image: 'chrislusf/seaweedfs:4.48',
              args: ['mini', '-dir=/data'],
              env: [
                { name: 'AWS_ACCESS_KEY_ID', ...key('S3_ACCESS_KEY_ID') },
                { name: 'AWS_SECRET_ACCESS_KEY', ...key('S3_SECRET_ACCESS_KEY') },
              ],
              ports: [{ name: 's3', containerPort: port }],
              readinessProbe: { tcpSocket: { port: 's3' } },
              resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'objects', mountPath: '/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'objects' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
        },
      ],
    },
  }
}

const reached = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: part },
    spec: { selector: part, ports: [{ name: 's3', port, targetPort: 's3' }] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    // browsers send files and fetch them
    metadata: { name, annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' } },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 's3' } } } }] },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: {
      podSelector: { matchLabels: part },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [namespace('ingress-nginx'), ...storing.map((service) => pods(service.name))],
          ports: tcp(port),
        },
      ],
    },
  },
]

/** Makes the bucket of a service. */
function bucket(service: ServiceEntry) {
  const overridden = new Set(settings.map((variable) => variable.name))
  const env = environment(service, { production: false }).filter((variable) => !overridden.has(variable.name))
  return onceBeforePods(service, 'bucket', { args: ['bucket'], envFrom: ofPlatform, env: [...env, ...settings] })
}

const patchesOf = (service: ServiceEntry) => [
  ...withVariables(service, settings),
  {
    target: { kind: 'NetworkPolicy', name: service.name },
    patch: stringify([{ op: 'add', path: '/spec/egress/-', value: { to: [partOf(name)], ports: tcp(port) } }]),
  },
]

/** An S3-compatible store in the cluster itself, for one that has none outside: its objects, and the patches of who uses it. */
export function objectStore() {
  const [owner] = storing
  return {
    objects: owner ? [server(owner), ...reached, ...storing.map(bucket)] : [],
    patches: storing.flatMap(patchesOf),
  }
}
