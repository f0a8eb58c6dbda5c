import type { Tree } from '@nx/devkit'
import { addImport, edit } from '../edit.ts'
import { Refusal } from '../refusal.ts'
import { camel } from '../words.ts'

/** One line in `app.ts`, behind the last route of `routes(app, deps)`. @throws Refusal when there is no such place */
export function registerRoute(tree: Tree, { service, slice, name }: { service: string; slice: string; name: string }) {
  const path = `services/${service}/src/app.ts`
  const route = `${camel(name)}Route`
  edit(tree, path, (text) => {
    const begin = text.search(/\n {2}(async )?routes\(/)
    const end = text.indexOf('\n  },', begin)
    if (begin < 0 || end < 0) throw new Refusal([`${path} has no routes(app, deps) { … } to register ${route} in`])
    const wait = text.slice(begin, end).includes('await app.register') ? 'await ' : ''
    const registered = `${text.slice(0, end)}\n    ${wait}app.register(${route}, { deps })${text.slice(end)}`
    return addImport(registered, `import { ${route} } from './${slice}/${name}.route.ts'`)
  })
}
