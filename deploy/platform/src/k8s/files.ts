import { stringify } from 'yaml'
import { services, type ServiceEntry } from '../services.ts'
import { environment } from './environment.ts'
import { externalSecret, managementSecret, roleSecret } from './external-secrets.ts'
import { defaultDeny, ingress } from './network.ts'
import { objectStore } from './object-store.ts'
import { serviceObjects } from './service.ts'
import { withVariables } from './workload.ts'

const kustomization = (fields: object) => ({
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  ...fields,
})
const component = (fields: object) => ({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', ...fields })

const yaml = (...documents: object[]) =>
  [
    '# Made from deploy/platform/services.json by npm run manifests: change it there.',
    ...documents.map((document) =>
      stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, singleQuote: true }).trimEnd(),
    ),
  ]
    .join('\n---\n')
    .replace('\n---\n', '\n') + '\n'

const lasting = services.filter(({ development }) => !development)
const fleeting = services.filter(({ development }) => development)
const withDatabase = ({ needs }: ServiceEntry) => needs.includes('database')

/** Every file under k8s/ that the list of services decides: path -> content. */
export function kubernetesFiles(): [string, string][] {
  return [
    ...lasting.map((service): [string, string] => [`k8s/base/${service.name}.yaml`, yaml(...serviceObjects(service))]),
    ['k8s/base/network.yaml', yaml(...defaultDeny)],
    ['k8s/base/ingress.yaml', yaml(ingress('slipway', lasting))],
    [
      'k8s/base/kustomization.yaml',
      yaml(
        kustomization({
          namespace: 'slipway',
          resources: ['network.yaml', 'ingress.yaml', ...lasting.map(({ name }) => `${name}.yaml`)],
          configMapGenerator: [
            {
              name: 'slipway',
              literals: [
                'NODE_ENV=production',
                'LOG_LEVEL=info',
                'TRUST_PROXY=uniquelocal',
                'PUBLIC_URL=https://slipway.example',
              ],
            },
          ],
        }),
      ),
    ],
    ...development(),
    ...objectStoreFiles(),
    [
      'k8s/components/external-secrets/secrets.yaml',
      yaml(...lasting.map(externalSecret), ...lasting.filter(withDatabase).map(roleSecret), managementSecret),
    ],
    [
      'k8s/components/keda/workers.yaml',
      yaml(...lasting.filter(({ needs }) => needs.includes('events')).flatMap(scaledWorker)),
    ],
    ['k8s/components/cloudnative-pg/databases.yaml', yaml(...lasting.filter(withDatabase).map(database))],
    [
      'k8s/components/cloudnative-pg/roles.yaml',
      yaml([{ op: 'add', path: '/spec/managed', value: { roles: lasting.filter(withDatabase).map(role) } }]),
    ],
    ['k8s/components/cloudnative-pg-development/databases.yaml', yaml(...fleeting.filter(withDatabase).map(database))],
    [
      'k8s/components/cloudnative-pg-development/roles.yaml',
      yaml(fleeting.filter(withDatabase).map((s) => ({ op: 'add', path: '/spec/managed/roles/-', value: role(s) }))),
    ],
  ]
}

/** What only a development cluster has: the services and the settings that production refuses. */
function development(): [string, string][] {
  const patches = lasting.flatMap((service) => {
    const known = new Set(environment(service, { production: true }).map(({ name }) => name))
    const wanted = environment(service, { production: false })
    const gone = [...known].filter((name) => !wanted.some((variable) => variable.name === name))
    const env = [...wanted.filter(({ name }) => !known.has(name)), ...gone.map((name) => ({ name, $patch: 'delete' }))]
    if (env.length === 0) return []
    return withVariables(service, env)
  })
  return [
    ...fleeting.map((service): [string, string] => [
      `k8s/components/development/${service.name}.yaml`,
      yaml(...serviceObjects(service)),
    ]),
    ['k8s/components/development/ingress.yaml', yaml(ingress('slipway-development', fleeting))],
    [
      'k8s/components/development/kustomization.yaml',
      yaml(component({ resources: [...fleeting.map(({ name }) => `${name}.yaml`), 'ingress.yaml'], patches })),
    ],
  ]
}

function objectStoreFiles(): [string, string][] {
  const { objects, patches } = objectStore()
  const folder = 'k8s/components/object-store'
  return [
    [`${folder}/store.yaml`, yaml(...objects)],
    [`${folder}/kustomization.yaml`, yaml(component({ resources: objects.length > 0 ? ['store.yaml'] : [], patches }))],
  ]
}

/** As many workers as the queues of a service are long. */
const scaledWorker = ({ name }: ServiceEntry) => [
  {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name: `${name}-worker` },
    // the address of RabbitMQ's management, which knows how long queues are
    spec: { secretTargetRef: [{ parameter: 'host', name: 'rabbitmq-management', key: 'URL' }] },
  },
  {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: `${name}-worker` },
    spec: {
      scaleTargetRef: { name: `${name}-worker` },
      // never none: the relay of the outbox and the periodic jobs run in it
      minReplicaCount: 1,
      maxReplicaCount: 10,
      triggers: [
        {
          type: 'rabbitmq',
          metadata: {
            protocol: 'http',
            useRegex: 'true',
            operation: 'sum',
            queueName: `^${name}[.][^.]+$`,
            mode: 'QueueLength',
            value: '200',
          },
          authenticationRef: { name: `${name}-worker` },
        },
      ],
    },
  },
]

const role = ({ name }: ServiceEntry) => ({
  name,
  ensure: 'present',
  login: true,
  passwordSecret: { name: `${name}-database` },
})

const database = ({ name }: ServiceEntry) => ({
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Database',
  metadata: { name },
  spec: { name, owner: name, cluster: { name: 'postgres' } },
})
