import type { Tree } from '@nx/devkit'
import { edit } from '../edit.ts'
import { Refusal } from '../refusal.ts'
import { spaced } from '../words.ts'

export const wrongPermission = (name: string) =>
  /^[a-z-]+:[a-z-]+$/.test(name) ? [] : [`--permission "${name}" must say what and what with it, such as orders:write`]

/** Adds it to those that the service declares, unless some service does already. Who reads is support, too. */
export function declarePermission(tree: Tree, service: string, name: string) {
  const declaring = tree
    .children('libs/contracts')
    .map((owner) => `libs/contracts/${owner}/permissions.ts`)
    .filter((path) => tree.exists(path))
  if (declaring.some((path) => tree.read(path, 'utf8')!.includes(`'${name}':`))) return
  const path = `libs/contracts/${service}/permissions.ts`
  if (!declaring.includes(path))
    throw new Refusal([`${path} is not there: say a --permission that is declared elsewhere`])
  const [what = '', verb = ''] = name.split(':')
  const roles = verb === 'read' ? `['admin', 'support']` : `['admin']`
  const description = `${spaced(verb).replace(/^./, (first) => first.toUpperCase())} ${spaced(what)}`
  edit(tree, path, (text) =>
    text.replace(/\n?\}\)\s*$/, `\n  '${name}': { description: '${description}', roles: ${roles} },\n})\n`),
  )
}
