import type { Tree } from '@nx/devkit'
import { addImport, addToList, edit } from '../edit.ts'
import { camel } from '../words.ts'

/** The contract that mocked answers are held to, wherever the service is tested. */
export function neighbourInTests(
  tree: Tree,
  { service, owner, scope }: { service: string; owner: string; scope: string },
) {
  const testing = `services/${service}/src/testing`
  const neighbours = `${testing}/neighbours.ts`
  const contract = `${camel(owner)}Contract`
  const line = `import { ${contract} } from '${scope}/contracts/${owner}'`
  const entry = `${camel(owner)}: ${contract}`
  if (tree.exists(neighbours)) {
    edit(tree, neighbours, (text) =>
      addToList(addImport(text, line), /export const neighbours = \{([^}]*)\}/, entry, neighbours).replace(
        /\s*,\s*,/,
        ',',
      ),
    )
    return
  }
  tree.write(
    neighbours,
    `${line}\n\n/** Whom ${service} calls, besides SSO. */\nexport const neighbours = { ${entry} }\n`,
  )
  for (const file of ['test.ts', 'universal.test.ts']) {
    if (!tree.exists(`${testing}/${file}`)) continue
    edit(tree, `${testing}/${file}`, (text) =>
      addImport(
        text
          .replaceAll(/(\.definition)\)/g, '$1, { neighbours })')
          .replaceAll(/(\.definition, \{)(?! neighbours)/g, '$1 neighbours,'),
        `import { neighbours } from './neighbours.ts'`,
      ),
    )
  }
}
