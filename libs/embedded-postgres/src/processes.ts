import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A pid is used again sooner or later; together with `started` it is not. */
export interface ProcessId {
  readonly pid: number
  /** When the process started, in a form that is good only for comparing. */
  readonly started: string
}

/** `started` of a pid; undefined if there is no such process. One that is dead but not yet reaped counts as none. */
export function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid)
}

export const isAlive = ({ pid, started }: ProcessId) => startOf(pid) === started

export const thisProcess = (): ProcessId => ({ pid: process.pid, started: startOf(process.pid) ?? '' })

/** The command line of a process, its arguments joined by spaces; empty if it cannot be seen. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return ps(pid, 'command=')
  } catch {
    return ''
  }
}

/** Field 22 of proc_pid_stat(5), in clock ticks since boot; the boot's id tells boots apart. */
function startFromProc(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if ('ZX'.includes(state)) return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[18]}`
  } catch {
    return undefined
  }
}

function startFromPs(pid: number) {
  try {
    const [state = '', ...started] = ps(pid, 'stat=,lstart=').split(/\s+/)
    return state.startsWith('Z') ? undefined : started.join(' ')
  } catch {
    return undefined
  }
}

function ps(pid: number, columns: string) {
  return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_CTYPE: 'UTF-8', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}
