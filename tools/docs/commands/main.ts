import { readFileSync } from 'node:fs'
import { commandsOf } from './commands.ts'

/** `main.ts <page.md>`: for scripts, section and line of each command with a zero byte behind both. */
const page = readFileSync(process.argv[2]!, 'utf8')
process.stdout.write(
  commandsOf(page)
    .map(({ section, line }) => `${section}\0${line}\0`)
    .join(''),
)
