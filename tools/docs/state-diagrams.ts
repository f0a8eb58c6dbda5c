import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { files, root } from './files.ts'

/** Where each status may lead, and what leads there. */
type Transitions = Readonly<Record<string, Readonly<Record<string, string>>>>

/** `<!-- states: generated from src/payment/payment.ts, begins with created: cart is locked -->`, then the diagram, then the end. */
const place = /<!-- states: generated from (\S+), begins with (\S+): (.+) -->\n[\s\S]*?<!-- end of states -->/g

/** State machines of services as Mermaid diagrams, from the tables that the code goes by. Answers the pages that were or are stale. */
export async function stateDiagrams({ write }: { write: boolean }): Promise<string[]> {
  const stale: string[] = []
  for (const page of files('services/*/README.md')) {
    const text = readFileSync(join(root, page), 'utf8')
    let fresh = text
    for (const [before, file, first, why] of text.matchAll(place)) {
      const { transitions } = (await import(join(root, page, '..', file!))) as { transitions: Transitions }
      fresh = fresh.replace(before, () => diagram(transitions, { file: file!, first: first!, why: why! }))
    }
    if (fresh === text) continue
    if (write) writeFileSync(join(root, page), fresh)
    else stale.push(`${page}: a state diagram is stale: npm run docs`)
  }
  return stale
}

function diagram(transitions: Transitions, { file, first, why }: { file: string; first: string; why: string }): string {
  const arrows = Object.entries(transitions).flatMap(([from, targets]) =>
    Object.keys(targets).length === 0
      ? [`  ${from} --> [*]`]
      : Object.entries(targets).map(([to, reason]) => `  ${from} --> ${to}: ${reason}`),
  )
  return [
    `<!-- states: generated from ${file}, begins with ${first}: ${why} -->`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${first}: ${why}`,
    ...arrows,
    '```',
    '',
    '<!-- end of states -->',
  ].join('\n')
}
