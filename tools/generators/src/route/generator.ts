import { fileURLToPath } from 'node:url'
import { formatFiles, generateFiles, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards } from '../afterwards.ts'
import { addToList, edit } from '../edit.ts'
import { wrongFileName } from '../names.ts'
import { checkClean, refuse } from '../refusal.ts'
import { checkFree, sliceOf } from '../source.ts'
import { camel, spaced } from '../words.ts'
import { entryOf, scopeOf } from '../workspace.ts'
import { declarePermission, wrongPermission } from './permission.ts'
import { registerRoute } from './register.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface RouteOptions {
  service: string
  name: string
  path: string
  method?: Method
  access?: 'permission' | 'user' | 'service' | 'anyone'
  permission?: string
  slice?: string
  allowDirty?: boolean
}

const verbs: Record<string, Method> = {
  ...{ get: 'get', find: 'get', list: 'get', show: 'get', set: 'put', put: 'put', replace: 'put' },
  ...{ update: 'patch', change: 'patch', remove: 'delete', delete: 'delete' },
}

/** `nx g slipway:route orders cancel-order --path /v1/orders/:orderId/cancel`. @throws Refusal before anything is written */
export async function routeGenerator(tree: Tree, options: RouteOptions): Promise<GeneratorCallback> {
  const { service, name, path, access = 'permission' } = options
  refuse([...wrongFileName(name, 'The route'), ...wrongPath(path)])
  entryOf(tree, service)
  const method = options.method ?? verbs[name.split('-')[0]!] ?? 'post'
  const permission = options.permission ?? `${service}:${method === 'get' ? 'read' : 'write'}`
  if (access === 'permission') refuse(wrongPermission(permission))
  const slice = sliceOf(tree, service, options.slice)
  const folder = `services/${service}/src/${slice}`
  checkFree(tree, `${folder}/${name}.route.ts`, `${folder}/${name}.route.test.ts`)
  checkClean(tree, options)

  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter!)
  generateFiles(tree, fileURLToPath(new URL('./files', import.meta.url)), folder, {
    ...{ name, service, slice, path, method, access, permission, parameters },
    scope: scopeOf(tree),
    route: `${camel(name)}Route`,
    summary: spaced(name).replace(/^./, (first) => first.toUpperCase()),
    sentence: spaced(name),
    example: path.replaceAll(/:\w+/g, '${id}'),
  })
  registerRoute(tree, { service, slice, name })
  if (access === 'permission') declarePermission(tree, service, permission)
  const universal = `services/${service}/src/testing/universal.test.ts`
  const route = `${method.toUpperCase()} /${service}${path}`
  if (access === 'anyone') edit(tree, universal, (text) => openRoute(text, route, universal))
  await formatFiles(tree)

  return afterwards(
    tree.root,
    [],
    [
      `${route} is there: fill in ${folder}/${name}.route.ts.`,
      ...(access === 'user' && parameters.length > 0
        ? [
            `The universal tests now ask whose ${parameters.join(', ')} it is: say it in ${universal}, owned or notOwned.`,
          ]
        : []),
      `  npm test -- ${service}`,
    ],
  )
}

const wrongPath = (path: string) =>
  /^(\/(internal|webhooks))?\/v\d+(\/:?[a-zA-Z][\w-]*)+$/.test(path)
    ? []
    : [`--path "${path}" must be a path without the prefix, such as /v1/orders/:orderId/cancel`]

function openRoute(text: string, route: string, path: string): string {
  if (text.includes('publicRoutes: [')) return addToList(text, /publicRoutes: \[([^\]]*)\]/, `'${route}'`, path)
  return text.includes('.definition, {')
    ? text.replace('.definition, {', `.definition, {\n  publicRoutes: ['${route}'],`)
    : text.replace('.definition)', `.definition, { publicRoutes: ['${route}'] })`)
}
