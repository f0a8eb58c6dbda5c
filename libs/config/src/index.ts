export { InvalidSettings, type WrongVariable } from './invalid-settings.ts'
export { readSettings, withoutEmpty, type Environment } from './read-settings.ts'
export { maskSecrets, Secret } from './secret.ts'
