import { readSettings, type Environment } from '@slipway/config'
import { createObservability } from '@slipway/observability'
import type { TObject } from 'typebox'
import { newId, systemClock } from '../clock.ts'
import type { BaseDeps, BaseSettings, ServiceDefinition } from './definition.ts'
import { WrongCommand } from './wrong-command.ts'

/** Runs `<name> …` of the service's commands with its own settings and database; logs go to stderr. @throws WrongCommand */
export async function runCommand<Schema extends TObject, Tx, Deps extends BaseDeps<Tx>>(
  definition: ServiceDefinition<Schema, Tx, Deps>,
  environment: Environment,
  [name = '', ...args]: readonly string[],
): Promise<readonly string[]> {
  const settings = readSettings(definition.settings, environment)
  definition.checkSettings?.(settings)
  const observability = createObservability({
    service: definition.name,
    version: definition.version,
    settings: settings as unknown as BaseSettings,
    destination: process.stderr,
  })
  const deps = await definition.buildDeps({ settings, observability, clock: systemClock, newId })
  try {
    const commands = definition.commands?.(deps) ?? {}
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command) throw new WrongCommand(`there is no command ${name}, only ${names(commands)}`)
    return await command(args)
  } finally {
    await deps.close?.()
    await deps.database.close()
    await observability.close()
  }
}

const names = (commands: object) => ['migrate', ...Object.keys(commands)].join(', ')
