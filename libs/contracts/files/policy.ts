/** Bytes. */
export const MiB = 1_048_576

export interface ImageLimits {
  /** Longest side in pixels. */
  maxSide: number
  /** Width times height times frames: what has to be held in memory once it is decoded. */
  maxPixels: number
}

/** What one purpose lets people upload. The service that owns the purpose declares it. */
export interface UploadPolicy {
  /** Service that the files belong to: it learns of them by event and may see and delete them. */
  readonly ownerService: string
  readonly uploaders: {
    /** People may ask: all of them, or those with the permission. A service on their behalf may ask just the same. */
    readonly users: true | { readonly permission: string }
    /** A person's upload is about themselves: the subject is their own id. */
    readonly self?: boolean
    /** Services that may ask as themselves. */
    readonly services: readonly string[]
  }
  readonly size: { readonly min: number; readonly max: number }
  /** Lower-case extension -> the type that a file of that name really has to be of. */
  readonly types: Readonly<Record<string, string>>
  /** Files about one subject at most, those under way included. */
  readonly filesPerSubject: number
  /** Bytes of one owner at most, for this purpose. */
  readonly bytesPerOwner: number
  /** Days from ready to expired; kept until it is deleted when absent. */
  readonly ttlDays?: number
  readonly visibility: 'private' | 'public'
  /** For images: they are decoded within these limits and stripped of metadata. */
  readonly image?: ImageLimits
  /** Kinds of archive that may be inside, such as a document that is itself a ZIP. */
  readonly archives: 'refused' | 'office'
}
