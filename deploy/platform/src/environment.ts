import { clients, clientSecret, inCapitals, type ServiceEntry } from './services.ts'

/** How one way of running names things; the all-in-one answers values, compose and Kubernetes references. */
export interface Deployment {
  production: boolean
  /** Address of the platform as browsers see it, without a prefix. */
  publicUrl: string
  /** Address of a service as its neighbours see it, with its prefix. */
  address(service: string): string
  secret(name: string): string
  database(service: string): Readonly<Record<string, string>>
  events(service: string): Readonly<Record<string, string>>
  objects(service: string): Readonly<Record<string, string>>
}

/** The variables by which a service finds its neighbours, its back ends and its secrets in one way of running. */
export function environmentOf(service: ServiceEntry, deployment: Deployment): Record<string, string> {
  const { name, needs, calls, settings, productionSettings, developmentSettings } = service
  const { publicUrl, address, secret } = deployment
  const templates = { ...settings, ...(deployment.production ? productionSettings : developmentSettings) }
  return {
    PUBLIC_URL: publicUrl,
    TOKEN_ISSUER: `${publicUrl}/sso`,
    SSO_URL: address('sso'),
    ...(needs.includes('database') && deployment.database(name)),
    ...(needs.includes('events') && deployment.events(name)),
    ...(needs.includes('objects') && deployment.objects(name)),
    ...(calls.length > 0 && { CLIENT_ID: name, CLIENT_SECRET: secret(clientSecret(name)) }),
    ...Object.fromEntries(calls.map((neighbour) => [`${inCapitals(neighbour)}_URL`, address(neighbour)])),
    ...Object.fromEntries(
      Object.entries(templates).map(([variable, template]) => [variable, fill(template, deployment)]),
    ),
  }
}

/** Of what is embedded in the all-in-one. */
export const embeddedSecrets = ['POSTGRES_PASSWORD', 'DISK_STORE_SECRET']

/** Names of the secrets that an entry of the list asks for by itself, in their order. */
export function secretsOf(service: ServiceEntry, { production = false } = {}): string[] {
  const named: string[] = []
  environmentOf(service, {
    production,
    publicUrl: '',
    address: () => '',
    secret: (name) => (named.push(name), ''),
    database: () => ({}),
    events: () => ({}),
    objects: () => ({}),
  })
  return [...new Set(named)]
}

/** Names of those secrets of an entry that somebody else makes, in production. */
export const givenSecrets = ({ settings, productionSettings }: ServiceEntry): string[] =>
  Object.values({ ...settings, ...productionSettings }).flatMap((template) =>
    [...template.matchAll(/\{given:(\w+)\}/g)].map(([, name]) => name!),
  )

/** `{secret:NAME}` of ours, `{given:NAME}` made by somebody else, `{url:service}`, and `{clients}`: `id:secret` of every service that calls others, comma separated. */
function fill(template: string, { address, secret }: Deployment): string {
  return template.replaceAll(/\{(\w+)(?::([\w-]+))?\}/g, (_, kind: string, name: string) => {
    if (kind === 'secret' || kind === 'given') return secret(name)
    if (kind === 'url') return address(name)
    if (kind === 'clients')
      return clients.map((client) => `${client.name}:${secret(clientSecret(client.name))}`).join(',')
    throw new Error(`services.json: {${kind}} is none of {secret:NAME}, {given:NAME}, {url:service} and {clients}`)
  })
}
