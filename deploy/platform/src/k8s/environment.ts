import { environmentOf } from '../environment.ts'
import { port, type ServiceEntry } from '../services.ts'

const hidden = '\u0000'

/** Variables of a service in Kubernetes: those that hold a secret come from the Secret of the service's name. */
export function environment(service: ServiceEntry, { production }: { production: boolean }) {
  const variables = environmentOf(service, {
    production,
    publicUrl: '$(PUBLIC_URL)',
    address: (name) => `http://${name}:${port}/${name}`,
    secret: () => hidden,
    database: () => ({ DATABASE_URL: hidden }),
    events: () => ({ AMQP_URL: hidden }),
    objects: () => ({
      S3_BUCKET: 'slipway-files',
      S3_REGION: 'us-east-1',
      S3_PATH_STYLE: 'false',
      S3_ACCESS_KEY_ID: hidden,
      S3_SECRET_ACCESS_KEY: hidden,
    }),
  })
  return Object.entries(variables)
    .filter(([name]) => name !== 'PUBLIC_URL')
    .map(([name, value]) =>
      value.includes(hidden)
        ? { name, valueFrom: { secretKeyRef: { name: service.name, key: name } } }
        : { name, value },
    )
}

/** Keys that the Secret of a service must have. */
export const secretKeys = (service: ServiceEntry, options: { production: boolean }) =>
  environment(service, options).flatMap((variable) => ('valueFrom' in variable ? [variable.name] : []))
