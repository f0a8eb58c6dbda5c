import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../files.ts'
import type { Manifest } from './rendered.ts'

/** kubernetes-types: where the type of each built-in kind is. */
export const modules: Record<string, string> = {
  'apps/v1': 'apps/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'batch/v1': 'batch/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
  v1: 'core/v1',
}
/** Compiles the manifests as literals of their types: an unknown field is an error. */
export function typeErrors(manifests: readonly Manifest[]): string {
  const folder = mkdtempSync(join(root, 'node_modules/.manifests-'))
  try {
    const lines = manifests.flatMap((manifest, index) => {
      const from = modules[manifest.apiVersion]
      if (!from) return []
      return [
        `import type { ${manifest.kind} as T${index} } from 'kubernetes-types/${from}.d.ts'`,
        `export const m${index}: T${index} = ${JSON.stringify(manifest)}`,
      ]
    })
    writeFileSync(join(folder, 'manifests.ts'), lines.join('\n'))
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext']
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        '--ignoreConfig',
        ...options,
        '--allowImportingTsExtensions',
        '--types',
        'node',
        join(folder, 'manifests.ts'),
      ],
      { encoding: 'utf8' },
    )
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}
