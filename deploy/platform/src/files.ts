import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { edgeRoutes } from './compose/edge.ts'
import { composeServices, databasePasswords } from './compose/services.ts'
import { kubernetesFiles } from './k8s/files.ts'
import { replaceRegion } from './region.ts'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

const region = (name: string) => [`# ${name}: generated`, `# end of ${name}`] as const
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Every file that is made from the list of services, whole or in part: path -> content. */
export function generatedFiles(): Map<string, string> {
  let compose = replaceRegion(read('docker-compose.yml'), region('services'), composeServices())
  compose = replaceRegion(compose, region('passwords'), databasePasswords())
  return new Map([
    ['docker-compose.yml', compose],
    ...kubernetesFiles(),
    ['deploy/docker/Caddyfile', replaceRegion(read('deploy/docker/Caddyfile'), region('services'), edgeRoutes())],
  ])
}
