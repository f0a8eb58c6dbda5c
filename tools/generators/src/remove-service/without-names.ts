import ts from 'typescript'

const emptyImport = /^import (type )?\{[\s,]*\} from '[^']+'\n/gm

const parse = (text: string) => ts.createSourceFile('code.ts', text, ts.ScriptTarget.Latest, true)

/** Imports of modules: the text without them, and the names that they brought. */
export function withoutImports(text: string, is: (module: string) => boolean) {
  const found = parse(text).statements.filter(
    (statement) => ts.isImportDeclaration(statement) && is((statement.moduleSpecifier as ts.StringLiteral).text),
  )
  const names = found.flatMap((statement) => identifiersIn(statement).map((identifier) => identifier.text))
  return { text: cut(text, found), names }
}

/**
 * The code without whatever does nothing but use one of the names: statements, properties, elements of lists, and then what
 * used those. A name may be an identifier or the whole text of a string. `left` are the names that code still uses.
 */
export function withoutNames(before: string, names: readonly string[]): { text: string; left: string[] } {
  const gone = new Set(names)
  let text = before
  for (;;) {
    const mentions = mentionsOf(parse(text), gone)
    const parts = new Set(mentions.map(partOf).filter((part) => part !== undefined))
    if (parts.size === 0)
      return {
        text: text.replaceAll(emptyImport, ''),
        left: [...new Set(mentions.map((mention) => mention.text))],
      }
    for (const part of parts) if (ts.isVariableStatement(part)) for (const name of declaredBy(part)) gone.add(name)
    text = cut(
      text,
      [...parts].filter((part) => ![...parts].some((outer) => outer !== part && contains(outer, part))),
    )
  }
}

type Mention = ts.Identifier | ts.StringLiteral

const mentionsOf = (root: ts.Node, names: ReadonlySet<string>) =>
  nodesIn(
    root,
    (node): node is Mention => (ts.isIdentifier(node) || ts.isStringLiteral(node)) && names.has(node.text),
  ).filter(
    // another thing's property of that name
    ({ parent, ...node }) => !(ts.isPropertyAccessExpression(parent) && parent.name.pos === node.pos),
  )

/** What can be taken out whole: what a test is told of a route, or else the smallest thing around the mention. */
function partOf(mention: ts.Node): ts.Node | undefined {
  const around: ts.Node[] = []
  for (let node = mention; node.parent; node = node.parent) around.push(node)
  const told = around.find(
    (node) => ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) && / \//.test(node.name.text),
  )
  if (told) return told
  const inside = around.findIndex((node) => ts.isFunctionLike(node)) // a function is more than one mention
  return around.slice(0, inside < 0 ? undefined : inside).find(isPart)
}

const isPart = (node: ts.Node) =>
  ts.isImportSpecifier(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isShorthandPropertyAssignment(node) ||
  ts.isPropertySignature(node) ||
  ts.isExpressionStatement(node) ||
  ts.isVariableStatement(node) ||
  ts.isArrayLiteralExpression(node.parent)

const declaredBy = (statement: ts.VariableStatement) =>
  statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))

const identifiersIn = (root: ts.Node) => nodesIn(root, ts.isIdentifier)

function nodesIn<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = []
  const visit = (node: ts.Node) => {
    if (is(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

const contains = (outer: ts.Node, inner: ts.Node) => outer.pos <= inner.pos && inner.end <= outer.end

/** Imports, and constants of the file's own, that nothing of the text uses are no longer there. */
export function withoutUnused(text: string): string {
  const root = parse(text)
  const isUnused = (name: string) => identifiersIn(root).filter((identifier) => identifier.text === name).length === 1
  const imports = nodesIn(root, ts.isImportSpecifier).filter(({ name }) => isUnused(name.text))
  const constants = root.statements.filter((statement) => {
    if (!ts.isVariableStatement(statement) || statement.modifiers?.length) return false
    const names = declaredBy(statement) // none when it takes something apart
    return names.length > 0 && names.every(isUnused)
  })
  const rest = cut(text, [...imports, ...constants]).replaceAll(emptyImport, '')
  return rest === text ? text : withoutUnused(rest) // what only they used
}

/** The text without the nodes, their comments, the commas that join them to others, and a line that only they were on. */
function cut(text: string, nodes: readonly ts.Node[]): string {
  return nodes
    .map((node): [number, number] => {
      const start = startOf(node, text)
      const end = node.end + (/^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0)
      const isLine = (start === 0 || text[start - 1] === '\n') && text[end] === '\n'
      return [start, isLine ? end + 1 : end]
    })
    .sort(([left], [right]) => right - left)
    .reduce((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), text)
}

/** Comments go with what they are about; those above an import, and marks of a region, are about more. */
function startOf(node: ts.Node, text: string): number {
  const before = text.slice(node.getFullStart(), node.getStart())
  const isMore = ts.isImportDeclaration(node) ? /\/[/*]/.test(before) : /#(end)?region/.test(before)
  return isMore ? node.getStart() : node.getFullStart()
}
