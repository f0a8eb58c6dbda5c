import { existsSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const settleMs = 50

/**
 * Tells which services a saved file is about: its own, or all for one of the libraries. Files that are saved together are
 * told together; tests are nobody's business. `migrate`: the database is another.
 */
export function watchSources(services: readonly string[], changed: (services: string[], migrate: boolean) => void) {
  let touched = new Set<string>()
  let migrate = false
  let timer: NodeJS.Timeout | undefined
  const onChange = (about: readonly string[]) => (_event: string, file: string | null) => {
    if (!file || !/\.(ts|json|sql|prisma)$/.test(file) || /\.test\.ts$|generated|\.reference\.json$/.test(file)) return
    for (const name of about) touched.add(name)
    migrate ||= file.endsWith('.sql')
    clearTimeout(timer)
    timer = setTimeout(() => {
      const all = [...touched]
      touched = new Set()
      changed(all, migrate)
      migrate = false
    }, settleMs)
  }
  const libraries = readdirSync(join(root, 'libs'))
    .map((name) => (name === 'contracts' ? join(root, 'libs/contracts') : join(root, 'libs', name, 'src')))
    .filter((folder) => existsSync(folder) && !/libs.(testing|embedded-postgres)/.test(folder))
  const watchers = [
    ...services.flatMap((name) =>
      ['src', 'prisma']
        .map((part) => join(root, 'services', name, part))
        .filter((folder) => existsSync(folder))
        .map((folder) => watch(folder, { recursive: true }, onChange([name]))),
    ),
    ...libraries.map((folder) => watch(folder, { recursive: true }, onChange(services))),
  ]
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
