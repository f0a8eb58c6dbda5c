import type { UploadPolicy } from '@slipway/contracts/files'
import type { Kept, Rejection } from '../file/file.ts'

/** A file that was uploaded, copied to where it can be looked at. */
export interface Candidate {
  /** The local copy. */
  readonly path: string
  /** Folder for what a check makes of it; it goes when the checks are over. */
  readonly folder: string
  /** As stored. */
  readonly size: number
  readonly sha256: string
  /** The first bytes, and the last. */
  readonly head: Buffer
  readonly tail: Buffer
  readonly announced: { readonly filename: string; readonly size: number; readonly sha256?: string }
  /** What a file of that name has to be. */
  readonly contentType: string
  readonly policy: UploadPolicy
  readonly signal: AbortSignal
}

/** Another file to keep instead of what was uploaded. */
export interface Replacement extends Kept {
  path: string
}

/** Looks for one kind of harm. May answer what is to be kept instead. @throws Rejected */
export type Check = (candidate: Candidate) => Promise<Replacement | void> | Replacement | void

/** The file is not fit to be kept. Anything else that a check throws says nothing of the file: it is checked again. */
export class Rejected extends Error {
  override readonly name = 'Rejected'
  readonly rejection: Rejection

  constructor(reason: string, detail: string) {
    super(`${reason}: ${detail}`)
    this.rejection = { reason, detail }
  }
}
