import type { ServiceEntry } from '../services.ts'
import { secretKeys } from './environment.ts'

interface Drawn {
  name: string
  /** Key of the Secret -> key and property of the vault. */
  keys: Record<string, [key: string, property: string]>
  template?: object
}

/** A Secret drawn from the vault. */
const drawn = ({ name, keys, template }: Drawn) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name },
  spec: {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'slipway' },
    target: { name, ...(template && { template }) },
    data: Object.entries(keys).map(([secretKey, [key, property]]) => ({ secretKey, remoteRef: { key, property } })),
  },
})

export const externalSecret = (service: ServiceEntry) =>
  drawn({
    name: service.name,
    keys: Object.fromEntries(
      secretKeys(service, { production: true }).map((key) => [key, [`slipway/${service.name}`, key]]),
    ),
  })

/** By which CloudNativePG sets the password of a service's role: the one in its DATABASE_URL. */
export const roleSecret = ({ name }: ServiceEntry) =>
  drawn({
    name: `${name}-database`,
    keys: { password: [`slipway/${name}`, 'DATABASE_PASSWORD'] },
    template: { type: 'kubernetes.io/basic-auth', data: { username: name, password: '{{ .password }}' } },
  })

/** By which KEDA asks how long queues are. */
export const managementSecret = drawn({
  name: 'rabbitmq-management',
  keys: { URL: ['slipway/rabbitmq', 'MANAGEMENT_URL'] },
})
