import type { FileFacts, Reservation } from '@slipway/contracts/files'
import { sampleId } from './samples.ts'

/** A picture that somebody is about to upload. */
export const picture: FileFacts = { filename: 'mug.png', size: 2_048, contentType: 'image/png' }

/** What Files answers then. */
export const reservation: Reservation = {
  fileId: sampleId(700),
  upload: {
    method: 'POST',
    url: 'http://store.test/bucket',
    fields: { key: `quarantine/00/${sampleId(700)}`, 'Content-Type': 'image/png' },
    expiresAt: '2026-01-15T12:15:00.000Z',
  },
}
