import type { FileFacts, Reservation } from '@slipway/contracts/files'

/** A UUIDv7 of a file; higher numbers were asked for later. */
export const fileId = (number: number) => `01980000-0000-7000-9000-${String(number).padStart(12, '0')}`

/** A picture that somebody is about to upload. */
export const picture: FileFacts = { filename: 'me.png', size: 2_048, contentType: 'image/png' }

/** What Files answers then. */
export const reservation: Reservation = {
  fileId: fileId(1),
  upload: {
    method: 'POST',
    url: 'http://store.test/bucket',
    fields: { key: `quarantine/01/${fileId(1)}`, 'Content-Type': 'image/png' },
    expiresAt: '2026-01-15T12:15:00.000Z',
  },
}
