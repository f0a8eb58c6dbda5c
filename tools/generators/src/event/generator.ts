import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit'
import { afterwards, documentation } from '../afterwards.ts'
import { addImport, addLineAfterLast, edit, readText } from '../edit.ts'
import { checkClean, refuse } from '../refusal.ts'
import { pascal, spaced } from '../words.ts'
import { entryOf } from '../workspace.ts'

export interface EventOptions {
  service: string
  /** `order.shipped` */
  name: string
  /** `orderId:id,total:money` */
  data?: string
  allowDirty?: boolean
  skipInstall?: boolean
}

const types: Record<string, { schema: string; from?: 'primitives' }> = {
  id: { schema: 'Id', from: 'primitives' },
  money: { schema: 'Money', from: 'primitives' },
  time: { schema: 'Time', from: 'primitives' },
  text: { schema: 'Type.String()' },
  integer: { schema: 'Type.Integer()' },
  boolean: { schema: 'Type.Boolean()' },
}

/** `nx g slipway:event orders order.shipped --data orderId:id`. @throws Refusal before anything is written */
export async function eventGenerator(tree: Tree, options: EventOptions): Promise<GeneratorCallback> {
  const { service, name } = options
  entryOf(tree, service)
  refuse(
    /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(name)
      ? []
      : [`"${name}" must say of what and, in the past tense, what happened: order.shipped`],
  )
  const fields = fieldsOf(options.data ?? '')
  const type = `${service}.${name}.v1`
  const constant = pascal(name.replace('.', '-'))
  const folder = `libs/contracts/${service}`
  const known = tree.read(`${folder}/events.ts`, 'utf8') ?? ''
  const exported = readText(tree, `${folder}/index.ts`)
  refuse([
    ...(known.includes(`'${type}'`) ? [`${type} is declared already`] : []),
    ...(new RegExp(`\\b${constant}\\b`).test(known + exported) ? [`${folder} has a ${constant} already`] : []),
  ])
  checkClean(tree, options)

  const primitives = ['defineEvent', ...fields.filter(({ from }) => from).map(({ schema }) => schema)]
  const declaration = `export const ${constant} = defineEvent('${type}', Type.Object({ ${fields.map(({ field, schema }) => `${field}: ${schema}`).join(', ')} }))`
  tree.write(`${folder}/events.ts`, `${withPrimitives(known, primitives)}\n${declaration}\n`)
  edit(tree, `${folder}/index.ts`, (text) => exportEvent(text, constant))
  edit(tree, `services/${service}/README.md`, (text) =>
    addLineAfterLast(
      text,
      new RegExp(`^\\| \`${service}\\.[^|]*\\|[^|]*\\|$`),
      `| \`${type}\` | ${spaced(name.replace('.', ' '))} |`,
    ),
  )
  await formatFiles(tree)
  return afterwards(tree.root, options.skipInstall ? [] : [documentation], [
    `${service} can announce ${type}: await tx.emit(${constant}.create({ subject, data })) in the transaction of what happened.`,
  ])
}

function fieldsOf(data: string) {
  const fields = data
    .split(',')
    .filter(Boolean)
    .map((field) => field.split(':'))
  refuse(
    fields
      .filter(([field = '', type = '']) => !/^[a-z][A-Za-z0-9]*$/.test(field) || !types[type])
      .map(
        ([field, type]) => `--data "${field}:${type ?? ''}" must be a name and one of ${Object.keys(types).join(', ')}`,
      ),
  )
  return fields.map(([field = '', type = '']) => ({ field, ...types[type]! }))
}

/** The two imports of `events.ts`, with what the new event needs besides. */
function withPrimitives(text: string, needed: readonly string[]): string {
  const line = /import \{([^}]*)\} from '\.\.\/primitives\/index\.ts'/
  const present =
    line
      .exec(text)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? []
  const names = [...new Set([...present, ...needed])].sort((left, right) => left.localeCompare(right))
  const fresh = `import { ${names.join(', ')} } from '../primitives/index.ts'`
  const imported = line.test(text) ? text.replace(line, fresh) : addImport(text, fresh)
  return /from 'typebox'/.test(imported) ? imported : `import { Type } from 'typebox'\n${imported}`
}

const exportEvent = (text: string, constant: string) =>
  /\} from '\.\/events\.ts'/.test(text)
    ? text.replace(/,?\s*\} from '\.\/events\.ts'/, `, ${constant} } from './events.ts'`)
    : `${text}export { ${constant} } from './events.ts'\n`
