import { environmentOf, givenSecrets, type Deployment } from '../environment.ts'
import { services, storing, type ServiceEntry } from '../services.ts'
import { deployment, quoted } from './services.ts'

const asked = (name: string, what: string) => `'\${${name}:?${what}}'`

const address = asked('PUBLIC_URL', 'the address by which browsers come, such as https://api.shop.example')
const objects = asked('OBJECTS_URL', 'the address of the object store, such as https://objects.shop.example')

/** docker-compose.production.yml: what production on one server has otherwise than docker-compose.yml says. */
export const composeProduction = (): string =>
  [
    '# Production on one server, made from deploy/platform/services.json by npm run manifests:',
    '# COMPOSE_FILE=docker-compose.yml:docker-compose.production.yml in .env, then docker compose up --detach --wait',
    'name: slipway',
    'services:',
    '  edge: # with certificates that it gets by itself',
    `    environment: { EDGE_SITE: ${address}${storing.length > 0 ? `, OBJECTS_SITE: ${objects}` : ''} }`,
    "    ports: !override ['80:80', '443:443', '443:443/udp']",
    '    tmpfs: !override [/config, /tmp]',
    '    volumes: !override',
    '      - ./deploy/docker/Caddyfile:/etc/caddy/Caddyfile:ro',
    '      - ./deploy/docker/docs:/srv/docs:ro',
    '      - edge:/data',
    ...services.flatMap((service) => (service.development ? leftOut(service) : changed(service))),
    '',
    'volumes: { edge: {} }',
    '',
  ].join('\n')

const leftOut = ({ name }: ServiceEntry) =>
  ['', '-migrate', '-worker'].map((part) => `  ${name}${part}: { profiles: !override [development] }`)

function changed(service: ServiceEntry): string[] {
  const before = environmentOf(service, deployment)
  const after = environmentOf(service, production(service))
  const variables = [
    'NODE_ENV: production',
    ...Object.entries(after)
      .filter(([variable, value]) => before[variable] !== value)
      .map(([variable, value]) => `${variable}: ${quoted(value)}`),
    ...Object.keys(before)
      .filter((variable) => !(variable in after))
      .map((variable) => `${variable}: !reset null`),
  ]
  return ['', '-worker'].flatMap((part) => [
    `  ${service.name}${part}:`,
    '    environment:',
    ...variables.map((line) => `      ${line}`),
  ])
}

const production = (service: ServiceEntry): Deployment => ({
  ...deployment,
  production: true,
  secret: (name) =>
    givenSecrets(service).includes(name) ? `\${${name}:?is to be set in .env}` : deployment.secret(name),
})
