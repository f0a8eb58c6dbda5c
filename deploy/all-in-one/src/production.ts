import { InvalidSettings, type Environment, type WrongVariable } from '@slipway/config'
import { generatedSecrets } from './secrets.ts'

/** In production nothing that is only for development runs. @throws InvalidSettings naming all that must be set */
export function refuseDevelopmentParts(environment: Environment) {
  const wrong: WrongVariable[] = generatedSecrets
    .filter(({ name, development }) => !development && !environment[name])
    .map(({ name }) => ({ variable: name, reason: 'is required in production: no secret is made up there' }))
  const provider = environment['PAYMENT_PROVIDER']
  if (!provider || provider === 'sandbox-bank') {
    wrong.push({
      variable: 'PAYMENT_PROVIDER',
      reason: 'must name a real payment provider in production: the sandbox bank moves no money',
    })
  }
  for (const variable of ['SEED_USERS', 'SEED_PRODUCTS']) {
    if (environment[variable])
      wrong.push({ variable, reason: 'must not be set in production: seeded logins and goods are for development' })
  }
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}
