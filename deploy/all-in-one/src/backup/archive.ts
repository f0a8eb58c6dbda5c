import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { Refusal } from '../refusal.ts'

/** The first file of every backup: says that it is one. */
export const label = 'backup.json'

/** What a data folder holds beside data: locks, copies, logs, traces, what a restore left aside. */
const transient = [
  /^(postgres\.)?lock(\.json)?(\.new)?$/,
  /^postgres-binaries/,
  /^postgres\.log(\.1)?$/,
  /\.draft-\w+$/,
  /^traces$/,
  /^\.(restoring|replaced)/,
]
export const isData = (name: string) => name !== label && !transient.some((pattern) => pattern.test(name))

/** Packs `names` of a folder into a file that only its owner may read, and that is whole on the disk afterwards. */
export async function pack(folder: string, names: readonly string[], file: string) {
  closeSync(openSync(file, 'wx', 0o600))
  await tar(['--create', '--gzip', '--file', file, '--directory', folder, '--', ...names])
  const descriptor = openSync(file, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Names of all that a backup holds. @throws Refusal when it is none, or damaged */
export async function contents(file: string): Promise<string[]> {
  const names = await tar(['--list', '--gzip', '--file', file]).catch((error: Error) => {
    throw new Refusal(`${file} is damaged or no backup, and nothing was changed: ${error.message}`)
  })
  const list = names.split('\n').filter(Boolean)
  if (!list.includes(label)) throw new Refusal(`${file} is no backup of Slipway. Nothing was changed.`)
  return list
}

export const unpack = (file: string, folder: string) =>
  tar(['--extract', '--gzip', '--preserve-permissions', '--file', file, '--directory', folder])

async function tar(args: readonly string[]): Promise<string> {
  const child = spawn('tar', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const out: Buffer[] = []
  let complaint = ''
  child.stdout.on('data', (data: Buffer) => out.push(data))
  child.stderr.on('data', (data: Buffer) => (complaint += data.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(complaint.trim().split('\n').at(-1) || `tar ended with ${code}`)
  return Buffer.concat(out).toString()
}
