import type { Tree } from '@nx/devkit'
import { Refusal, refuse } from './refusal.ts'

/** The folder that a new file belongs to. @throws Refusal when that is not clear */
export function sliceOf(tree: Tree, service: string, told: string | undefined): string {
  const src = `services/${service}/src`
  const slices = tree.children(src).filter((name) => name !== 'testing' && !tree.isFile(`${src}/${name}`))
  if (told) {
    refuse(/^[a-z][a-z0-9-]*$/.test(told) ? [] : [`--slice "${told}" must be lower-case words joined by hyphens`])
    return told
  }
  if (slices.length === 1) return slices[0]!
  throw new Refusal([`${service} has the slices ${slices.join(', ')}: say --slice, one of these or a new one`])
}

/** @throws Refusal when a file is there already */
export const checkFree = (tree: Tree, ...paths: string[]) =>
  refuse(paths.filter((path) => tree.exists(path)).map((path) => `${path} is there already`))

interface FoundEvent {
  owner: string
  /** Its name in the code: `CartPaid` */
  constant: string
}

/** Where an event type is declared. @throws Refusal naming all types when it is not */
export function findEvent(tree: Tree, type: string): FoundEvent {
  const known = tree
    .children('libs/contracts')
    .filter((owner) => tree.exists(`libs/contracts/${owner}/events.ts`))
    .flatMap((owner) =>
      [
        ...tree
          .read(`libs/contracts/${owner}/events.ts`, 'utf8')!
          .matchAll(/export const (\w+) = defineEvent\(\s*'([^']+)'/g),
      ].map(([, constant = '', found = '']) => ({ owner, constant, type: found })),
    )
  const event = known.find((found) => found.type === type)
  if (event) return event
  throw new Refusal([
    `No contract declares the event ${type}; there are\n  ${known.map((found) => found.type).join('\n  ')}`,
  ])
}
