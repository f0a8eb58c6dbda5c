import { policies, type Purpose } from '@slipway/contracts/files'

/** The lasting address of a public file; none of a private one. */
export const publicUrl = (platformUrl: string, { id, purpose }: { id: string; purpose: Purpose }) =>
  policies[purpose].visibility === 'public' ? `${platformUrl.replace(/\/$/, '')}/files/public/${id}` : undefined
