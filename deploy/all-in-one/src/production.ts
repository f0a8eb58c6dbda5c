import { InvalidSettings, type Environment, type WrongVariable } from '@slipway/config'
import { secretNames } from './secrets.ts'

/** In production nothing that is only for development runs. @throws InvalidSettings naming all that must be set */
export function refuseDevelopmentParts(environment: Environment) {
  const wrong: WrongVariable[] = secretNames({ production: true })
    .filter((name) => !environment[name])
    .map((name) => ({ variable: name, reason: 'is required in production: no secret is made up there' }))
  if (!environment['PUBLIC_URL'])
    wrong.push({ variable: 'PUBLIC_URL', reason: 'is required in production: tokens and links name it' })
  if (environment['PAYMENT_PROVIDER'] === 'sandbox-bank') {
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
