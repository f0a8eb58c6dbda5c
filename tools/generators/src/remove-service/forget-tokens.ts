import type { Tree } from '@nx/devkit'
import { edit } from '../edit.ts'
import { withoutNames, withoutUnused } from './without-names.ts'

/** Of a service that calls nobody any more: the tokens, their settings and what closed them. */
export function forgetTokens(tree: Tree, src: string) {
  edit(tree, `${src}/config.ts`, (text) => withoutUnused(text.replace(/\n *\.\.\.s2sVariables,/, '')))
  edit(tree, `${src}/deps.ts`, (text) => {
    const rest = withoutNames(text, ['ServiceTokens', 'clientOptions'])
      .text.replace(/\nimport \{\s*\} from '[^']+\/s2s'/, '')
      .replace(/\n *async close\(\) \{\s*await Promise\.all\(\[[\s,]*\]\)\s*\},?/, '')
    return /\bdispatcher\b[\s\S]*\bdispatcher\b/.test(rest) ? rest : rest.replace(/\s*dispatcher,|,\s*dispatcher\b/, '')
  })
}
