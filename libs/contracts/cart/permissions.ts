import { definePermissions } from '../primitives/index.ts'

export const cartPermissions = definePermissions({
  'products:write': { description: 'Add, change and withdraw products', roles: ['admin'] },
  'carts:read': { description: 'See every cart', roles: ['admin', 'support'] },
})
