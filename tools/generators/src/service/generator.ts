import { fileURLToPath } from 'node:url'
import { formatFiles, generateFiles, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards, documentation, generateClients, install, manifests } from '../afterwards.ts'
import { wrongEntityName, wrongServiceName } from '../names.ts'
import { checkClean, refuse } from '../refusal.ts'
import { article, camel, constant, pascal, plural, singular, snake, spaced } from '../words.ts'
import { lockedVersion, readPackage, scopeOf } from '../workspace.ts'
import { permissionTaken, registerService } from './register.ts'

export interface ServiceOptions {
  name: string
  entity?: string
  description?: string
  allowDirty?: boolean
  skipInstall?: boolean
}

/** `nx g slipway:service orders`. @throws Refusal before anything is written */
export async function serviceGenerator(tree: Tree, options: ServiceOptions): Promise<GeneratorCallback> {
  const { name } = options
  const entity = options.entity ?? singular(name)
  refuse([...wrongServiceName(tree, name), ...wrongEntityName(entity), ...permissionTaken(tree, plural(entity))])
  checkClean(tree, options)

  const service = substitutions(tree, { name, entity, description: options.description })
  const files = (folder: string) => fileURLToPath(new URL(`./files/${folder}`, import.meta.url))
  generateFiles(tree, files('service'), `services/${name}`, service)
  generateFiles(tree, files('contract'), `libs/contracts/${name}`, service)
  registerService(tree, service)
  await formatFiles(tree)

  const steps = options.skipInstall ? [] : [install, generateClients, manifests, documentation]
  return afterwards(tree.root, steps, [
    `services/${name} is there, and in every list of services.`,
    `  npm test -- ${name}        its tests`,
    `  npm start                  the platform with it: /${name}/docs`,
  ])
}

export type Substitutions = ReturnType<typeof substitutions>

function substitutions(tree: Tree, told: { name: string; entity: string; description?: string }) {
  const { name, entity } = told
  const entities = plural(entity)
  const word = spaced(entity)
  const { version, license } = readPackage(tree, 'libs/errors')
  return {
    name,
    scope: scopeOf(tree),
    version,
    license,
    description: told.description ?? `${spaced(entities).replace(/^./, (first) => first.toUpperCase())} of users`,
    prismaVersion: lockedVersion(tree, '@prisma/client', 'libs/database'),
    typeboxVersion: lockedVersion(tree, 'typebox', 'libs/contracts'),
    timestamp: new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14),
    variable: camel(name),
    ServiceName: pascal(name),
    entity,
    entities,
    Entity: pascal(entity),
    Entities: pascal(entities),
    entityVariable: camel(entity),
    entitiesVariable: camel(entities),
    ENTITY: constant(entity),
    ENTITIES: constant(entities),
    table: snake(entities),
    word,
    words: spaced(entities),
    article: article(word),
    Article: article(word).replace(/^./, (first) => first.toUpperCase()),
  }
}
