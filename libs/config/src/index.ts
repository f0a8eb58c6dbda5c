export { InvalidSettings, type WrongVariable } from './invalid-settings.ts'
export { readSettings, type Environment } from './read-settings.ts'
export { maskSecrets, Secret } from './secret.ts'
