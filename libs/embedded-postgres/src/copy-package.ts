import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { NativePackage } from './native-package.ts'

const incoming = '.incoming'

/**
 * Brings the copy up to the package: whatever is missing or of another size is copied, so an interrupted copy is
 * completed and one thinned out by a cleaner of temporary folders is repaired, under a running server too. Each file
 * appears complete or not at all. The caller holds a lock.
 */
export function copyPackage({ folder, files, links }: NativePackage, copy: string): void {
  const made = new Set<string>()
  const makeFolder = (path: string) => {
    if (made.has(path)) return
    made.add(path)
    if (path !== copy) makeFolder(dirname(path))
    mkdirSync(path, { recursive: true })
    chmodSync(path, 0o755)
  }
  const isNew = !existsSync(copy)
  makeFolder(copy)
  try {
    for (const file of files) {
      makeFolder(dirname(join(copy, file)))
      copyFile(join(folder, file), join(copy, file), join(copy, incoming))
    }
    for (const { path, target } of links) link(join(copy, path), target)
  } catch (error) {
    // On a full disk half a copy helps nobody.
    rmSync(isNew ? copy : join(copy, incoming), { recursive: true, force: true })
    throw error
  }
}

function copyFile(from: string, to: string, temporary: string) {
  const { size, mode } = statSync(from)
  if (statSync(to, { throwIfNoEntry: false })?.size === size) return
  copyFileSync(from, temporary, constants.COPYFILE_FICLONE)
  chmodSync(temporary, mode & 0o111 ? 0o755 : 0o644)
  renameSync(temporary, to)
}

function link(path: string, target: string) {
  try {
    if (readlinkSync(path) === target) return
  } catch {
    // absent, or no link
  }
  rmSync(path, { force: true })
  symlinkSync(target, path)
}
