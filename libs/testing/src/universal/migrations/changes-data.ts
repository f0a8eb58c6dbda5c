/** A comment, a quoted name, a text, or a body between dollars. */
const quoted =
  /--.*|\/\*[^]*?\*\/|"(?:[^"]|"")*"|\b[Ee]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|\$([A-Za-z_]\w*)?\$[^]*?\$\1\$/g
const bodyOfSql = /\bbegin\s+atomic\b[^]*?\bend\s*(?=;|$)/gi
const write =
  /(?:^|[()]|\b(?:begin|then|else|loop|in)\b)\s*(?:insert\s+into|update\s|delete\s+from|merge\s+into|truncate\s)/i

/**
 * Whether a script itself writes rows: INSERT, UPDATE, DELETE, MERGE or TRUNCATE as a statement, in WITH, or in a DO block.
 * What functions, triggers, rules and foreign keys do one day does not count. It reads words and no grammar: in doubt, true.
 */
export function changesData(script: string): boolean {
  const texts: string[] = []
  const plain = script
    .replace(quoted, (found) => {
      if (found.startsWith('--') || found.startsWith('/*')) return ' '
      return found.startsWith('"') ? ' name ' : ` '${texts.push(contentOf(found)) - 1}' `
    })
    .replace(bodyOfSql, ' ')
  return plain.split(';').some((statement) => {
    if (/^\s*create\b/i.test(statement)) return false
    if (write.test(statement)) return true
    if (!/^\s*do\b|\bexecute\b/i.test(statement)) return false
    return [...statement.matchAll(/'(\d+)'/g)].some(([, at]) => changesData(texts[Number(at)]!))
  })
}

const contentOf = (text: string) =>
  text.startsWith('$')
    ? text.replaceAll(/^\$\w*\$|\$\w*\$$/g, '')
    : text.replaceAll(/^[Ee]?'|'$/g, '').replaceAll(`''`, `'`)
