import { readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, startOf, type ProcessId } from './processes.ts'
import { folderMark } from './server-settings.ts'

/** A running server, as it describes itself in the `postmaster.pid` of its data folder. */
export interface Postmaster extends ProcessId {
  readonly port: number
}

export interface PidFile {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** Lines: pid, folder, start, port, socket folder, listen address, shared memory, status. */
export function readPidFile(dataDir: string): PidFile | undefined {
  try {
    const lines = readFileSync(pidFile(dataDir), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The server that runs on this folder. A pid alone proves nothing: it may be another process's by now. */
export function findPostmaster(dataDir: string): Postmaster | undefined {
  const file = readPidFile(dataDir)
  const started = file && startOf(file.pid)
  return started && runsOn(file.pid, dataDir) ? { pid: file.pid, started, port: file.port } : undefined
}

function runsOn(pid: number, dataDir: string) {
  const command = commandOf(pid)
  if (!/(^|\/)postgres( |$)/.test(command)) return false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dataDir
  } catch {
    // No /proc, or root without the right to look (containers): then what we ourselves wrote on its command line.
    return command.includes(`${folderMark(dataDir)} -c`)
  }
}

/**
 * Removes what a crash left behind if PostgreSQL would take it for a running server: an empty file, or the pid of a
 * process that has nothing to do with it, or of a dead one that nobody reaps (in containers). Otherwise the file stays:
 * by it PostgreSQL finds out whether workers of the dead server still run.
 */
export function dropStalePidFile(dataDir: string): void {
  const file = readPidFile(dataDir)
  if (!file || isListed(file.pid)) rmSync(pidFile(dataDir), { force: true })
}

function isListed(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

const pidFile = (dataDir: string) => join(dataDir, 'postmaster.pid')
