import { WrongCommand, type ServiceCommand } from '@slipway/service-kit'
import type { Deps } from '../deps.ts'
import { roles } from '../role/roles.ts'
import { setRoles } from './set-roles.ts'
import { normalizeEmail, UserNotFound } from './user.ts'

const usage = `user roles <e-mail> [<role>…]   gives a registered user these roles instead of their own, for the first admin above
                                all; everybody has "user" besides. Roles: ${Object.keys(roles).join(', ')}`

/** Roles for those who registered, where there is no admin yet who could give them. */
export const userCommand =
  (deps: Deps): ServiceCommand =>
  async ([verb, email, ...wanted]) => {
    if (verb !== 'roles' || !email || wanted.some((word) => word.startsWith('-'))) throw new WrongCommand(usage)
    const [found] = await deps.users.list({ email: normalizeEmail(email), limit: 1 })
    if (!found) throw new UserNotFound()
    const changed = await deps.transaction((tx) => setRoles(tx, { userId: found.id, roles: wanted, actor: null }))
    return [`${changed.email}  ${changed.roles.join(', ')}; counts from their next access token on`]
  }
