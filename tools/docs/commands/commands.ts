/** What a page has its reader do: a line for the shell, or a change of files, which git applies. */
export interface Command {
  /** The heading that it stands under. */
  section: string
  line: string
}

/** A heading, or a block of code from its opening line to its closing one. */
const parts = /^#+ +(?<heading>.+)$|^```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm

/** The lines of a page's `sh` blocks and its `diff` blocks, in their order. */
export function commandsOf(page: string): Command[] {
  let section = ''
  return [...page.matchAll(parts)].flatMap(({ groups: { heading, language, code = '' } = {} }) => {
    section = heading ?? section
    if (language === 'diff') return [{ section, line: `git apply <<'END'\n${code}END` }]
    if (language !== 'sh') return []
    return linesOf(code).map((line) => ({ section, line }))
  })
}

/** A line that ends with a backslash goes on in the next one. */
const linesOf = (code: string) =>
  code
    .split(/(?<!\\)\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
