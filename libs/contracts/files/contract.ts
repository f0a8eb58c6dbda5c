import type { Contract } from '@slipway/s2s'
import { Nothing, Refusal } from '../primitives/index.ts'
import { NewUpload, Reservation } from './schemas.ts'

/** What other services may ask of Files. */
export const filesContract = {
  reserve: {
    method: 'POST',
    path: '/v1/uploads',
    body: NewUpload,
    responses: {
      201: Reservation,
      400: Refusal(
        'VALIDATION_FAILED',
        'FILE_TOO_LARGE',
        'FILE_TOO_SMALL',
        'EXTENSION_NOT_ALLOWED',
        'TYPE_NOT_ALLOWED',
      ),
      403: Refusal('UPLOAD_NOT_ALLOWED'),
      409: Refusal('QUOTA_EXCEEDED', 'TOO_MANY_FILES'),
    },
  },
  remove: {
    method: 'DELETE',
    path: '/v1/files/:fileId',
    responses: { 204: Nothing, 404: Refusal('FILE_NOT_FOUND') },
  },
} as const satisfies Contract
