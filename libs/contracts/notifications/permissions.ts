import { definePermissions } from '../primitives/index.ts'

export const notificationsPermissions = definePermissions({
  'notifications:read': { description: 'See what was sent to whom, without what it said', roles: ['admin', 'support'] },
})
