import { definePermissions } from '../primitives/index.ts'

export const ssoPermissions = definePermissions({
  'users:read': { description: 'See every user', roles: ['admin', 'support'] },
  'users:write': { description: 'Change users, their roles and locks', roles: ['admin'] },
  'audit:read': { description: 'See who did what to accounts, and from where', roles: ['admin', 'support'] },
  'debug:read': { description: 'See settings and versions of a running service', roles: ['admin', 'support'] },
})
