import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { lchown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UnsupportedPlatform } from './errors.ts'

/** Who runs the server: PostgreSQL refuses to run as root. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/** Undefined: as we are. For root: the owner of the data if that is somebody else than root, otherwise `nobody`. */
export async function userFor(dataDir: string): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(dataDir).catch(() => undefined)
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody()
}

/** Options of `spawn`: an id of 2^32-2, as some systems give `nobody`, has to be written as -2 there. */
export const asUser = (user: User | undefined) => (user ? { uid: user.uid | 0, gid: user.gid | 0 } : {})

/** Gives a folder of ours and all in it to the user. */
export async function giveTo({ uid, gid }: User, folder: string): Promise<void> {
  await lchown(folder, uid, gid)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) await lchown(join(entry.parentPath, entry.name), uid, gid)
}

function nobody(): User {
  const line = passwordFile().find((entry) => entry.startsWith('nobody:'))
  const [uid, gid] = line ? line.split(':').slice(2, 4) : [askId('-u'), askId('-g')]
  const user = { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  if (user.uid === 0)
    throw new UnsupportedPlatform('PostgreSQL cannot run as root, and there is no user "nobody" to run it')
  return user
}

function passwordFile() {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Asks the system where users are not in /etc/passwd. */
function askId(option: '-u' | '-g') {
  try {
    return execFileSync('id', [option, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return 0
  }
}
