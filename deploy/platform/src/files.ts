import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { developmentRoutes, edgeRoutes } from './compose/edge.ts'
import { composeProduction } from './compose/production.ts'
import { composeServices, databasePasswords } from './compose/services.ts'
import { docsPage } from './docs-page.ts'
import { kubernetesFiles } from './k8s/files.ts'
import { replaceRegion } from './region.ts'
import { metricsPort, services, storing } from './services.ts'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

const region = (name: string) => [`# ${name}: generated`, `# end of ${name}`] as const
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const prometheus = 'deploy/observability/prometheus/prometheus.yaml'
const scraped = () => [`      - targets: [${services.map(({ name }) => `'${name}:${metricsPort}'`).join(', ')}]`]

/** Every file that is made from the list of services, whole or in part: path -> content. */
export function generatedFiles(): Map<string, string> {
  let compose = replaceRegion(read('docker-compose.yml'), region('services'), composeServices())
  compose = replaceRegion(compose, region('passwords'), databasePasswords())
  if (storing.length === 0) compose = replaceRegion(compose, ['# objects:', '# end of objects'], [])
  const docs = docsPage(services.map(({ name }) => name))
  return new Map([
    ['docker-compose.yml', compose],
    ['docker-compose.production.yml', composeProduction()],
    ['deploy/docker/docs/index.html', docs.get('/docs')!.body],
    ['deploy/docker/docs/start.js', docs.get('/docs/start.js')!.body],
    ...kubernetesFiles(),
    ['deploy/docker/development.caddy', developmentRoutes()],
    ['deploy/docker/Caddyfile', replaceRegion(read('deploy/docker/Caddyfile'), region('services'), edgeRoutes())],
    [prometheus, replaceRegion(read(prometheus), region('services'), scraped())],
  ])
}
