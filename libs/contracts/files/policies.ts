import { MiB, type UploadPolicy } from './policy.ts'

const pictures = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp' }
const image = { maxSide: 8_192, maxPixels: 40_000_000 }

/** Every purpose that something can be uploaded for. */
export const policies = {
  avatar: {
    ownerService: 'sso',
    uploaders: { users: true, self: true, services: [] },
    size: { min: 1, max: 5 * MiB },
    types: pictures,
    filesPerSubject: 20,
    bytesPerOwner: 100 * MiB,
    visibility: 'private',
    image,
    archives: 'refused',
  },
  'product-image': {
    ownerService: 'cart',
    uploaders: { users: { permission: 'products:write' }, services: ['cart'] },
    size: { min: 1, max: 10 * MiB },
    types: pictures,
    filesPerSubject: 20,
    bytesPerOwner: 10_240 * MiB,
    visibility: 'public',
    image,
    archives: 'refused',
  },
  document: {
    ownerService: 'files',
    uploaders: { users: true, self: true, services: [] },
    size: { min: 1, max: 20 * MiB },
    types: {
      pdf: 'application/pdf',
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
    filesPerSubject: 100,
    bytesPerOwner: 2_000 * MiB,
    ttlDays: 365,
    visibility: 'private',
    archives: 'office',
  },
} as const satisfies Record<string, UploadPolicy>

export type Purpose = keyof typeof policies
export const purposes = Object.keys(policies) as Purpose[]
