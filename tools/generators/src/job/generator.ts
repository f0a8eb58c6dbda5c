import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { formatFiles, generateFiles, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards, documentation } from '../afterwards.ts'
import { addImport, edit } from '../edit.ts'
import { wrongFileName } from '../names.ts'
import { checkClean, refuse } from '../refusal.ts'
import { checkFree, findEvent, sliceOf } from '../source.ts'
import { pascal, spaced } from '../words.ts'
import { entryOf, scopeOf } from '../workspace.ts'
import { sampleOf, type JsonSchema } from './sample.ts'
import { withJob } from './with-job.ts'

export interface JobOptions {
  service: string
  name: string
  /** The event's type: `cart.cart.paid.v1` */
  on: string
  slice?: string
  allowDirty?: boolean
  skipInstall?: boolean
}

/** `nx g slipway:job orders open-order --on cart.cart.paid.v1`. @throws Refusal before anything is written */
export async function jobGenerator(tree: Tree, options: JobOptions): Promise<GeneratorCallback> {
  const { service, name, on } = options
  refuse(wrongFileName(name, 'The job'))
  entryOf(tree, service)
  const { owner, constant } = findEvent(tree, on)
  const slice = sliceOf(tree, service, options.slice)
  const folder = `services/${service}/src/${slice}`
  checkFree(tree, `${folder}/${name}.job.ts`, `${folder}/${name}.job.test.ts`)
  checkClean(tree, options)

  const events = (await import(pathToFileURL(join(tree.root, `libs/contracts/${owner}/events.ts`)).href)) as Record<
    string,
    { data: JsonSchema }
  >
  generateFiles(tree, fileURLToPath(new URL('./files', import.meta.url)), folder, {
    ...{ name, on, owner, constant },
    scope: scopeOf(tree),
    Job: pascal(name),
    sentence: spaced(name),
    Data: constant,
    sample: JSON.stringify(sampleOf(events[constant]!.data)),
  })
  registerJob(tree, { service, slice, name })
  await formatFiles(tree)
  return afterwards(tree.root, options.skipInstall ? [] : [documentation], [
    `${service} reacts to ${on}: fill in ${folder}/${name}.job.ts.`,
    `  npm test -- ${service}`,
  ])
}

function registerJob(tree: Tree, { service, slice, name }: { service: string; slice: string; name: string }) {
  const path = `services/${service}/src/app.ts`
  const made = `new ${pascal(name)}()`
  edit(tree, path, (text) =>
    addImport(withJob(text, made, path), `import { ${pascal(name)} } from './${slice}/${name}.job.ts'`),
  )
}
