import { definePermissions } from '../primitives/index.ts'

export const acquiringPermissions = definePermissions({
  'payments:read': { description: 'See every payment', roles: ['admin', 'support'] },
  'payments:capture': { description: 'Take the money of an authorised payment', roles: ['admin'] },
  'payments:refund': { description: 'Give money back', roles: ['admin'] },
  'ledger:read': { description: 'See accounts, transactions and reconciliations', roles: ['admin', 'support'] },
})
