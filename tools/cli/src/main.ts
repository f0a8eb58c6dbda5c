import { deadCommand } from './dead/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { eventCommand } from './event/command.ts'
import { generateCommand } from './generate/command.ts'
import { journeyCommand } from './journey/command.ts'
import { ssoCommand } from './sso/command.ts'
import { loadCommand } from './load/command.ts'
import { outboxCommand } from './outbox/command.ts'
import { smokeCommand } from './smoke/command.ts'
import { sqlCommand } from './sql/command.ts'
import { tokenCommand } from './token/command.ts'
import { traceCommand } from './trace/command.ts'
import { upgradeCommand } from './upgrade/command.ts'

/** Each command: what it does in a line, and its code. It answers the exit code. */
const commands: Record<string, { summary: string; run: (args: string[]) => Promise<number> }> = {
  journey: { summary: 'Play a shopper against a running platform and compare every answer', run: journeyCommand },
  smoke: { summary: 'Ask every service of a running platform what must be so of all of them', run: smokeCommand },
  client: {
    summary: 'Make, list and change the secrets of services and programs that get tokens',
    run: ssoCommand('client', process.env),
  },
  key: { summary: 'Rotate and list the keys that tokens are signed with', run: ssoCommand('key', process.env) },
  user: { summary: 'Give a registered user roles, for the first admin', run: ssoCommand('user', process.env) },
  load: { summary: 'Put load on a running platform until the knee, with a report', run: loadCommand },
  dead: {
    summary: 'List, show, replay or drop events that jobs gave up on',
    run: (args) => deadCommand(args, process.env),
  },
  doctor: { summary: 'Look for what keeps this working copy from working', run: doctorCommand },
  token: {
    summary: 'Print an access token of a development user with a role',
    run: (args) => tokenCommand(args, process.env),
  },
  event: { summary: 'Announce an event as its owner would', run: (args) => eventCommand(args, process.env) },
  sql: { summary: 'Run SQL in the database of a service', run: (args) => sqlCommand(args, process.env) },
  rename: {
    summary: 'Give the whole repository another name: --name acme --scope @acme',
    run: generateCommand('rename'),
  },
  'remove-service': {
    summary: 'Remove a service; with --with-edges also what others use it for',
    run: generateCommand('remove-service'),
  },
  upgrade: {
    summary: 'Merge a version of upstream into this fork, under the fork’s own name',
    run: (args) => upgradeCommand(args),
  },
  outbox: {
    summary: 'Publish again what a service announced, for a queue that was lost',
    run: (args) => outboxCommand(args, process.env),
  },
  trace: { summary: 'Show through which services a request went, and how long each took', run: traceCommand },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]

if (command) {
  process.exitCode = await command.run(args)
} else {
  const lines = Object.entries(commands).map(([known, { summary }]) => `  ${known.padEnd(15)} ${summary}`)
  process.stdout.write(['slipway <command> [options]', '', ...lines, ''].join('\n'))
  process.exitCode = name === 'help' || name === '--help' ? 0 : 2
}
