import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signed form or link of the disk store allows. */
export interface Grant {
  key: string
  contentType: string
  /** Milliseconds since 1970. */
  expires: number
  /** Bytes and checksum: of a form. */
  size?: number
  sha256?: string
  /** How to show it: of a link. */
  filename?: string
  inline?: boolean
}

/** A form is no link, and a link no form. */
export type GrantKind = 'upload' | 'download'

export function sign(secret: string, kind: GrantKind, grant: Grant) {
  const policy = Buffer.from(JSON.stringify(grant)).toString('base64url')
  return { policy, signature: seal(secret, kind, policy).toString('base64url') }
}

/** The grant, or undefined when it was not signed by us. Whether it has expired is for the caller to see. */
export function verify(secret: string, kind: GrantKind, policy: string, signature: string): Grant | undefined {
  const given = Buffer.from(signature, 'base64url')
  const wanted = seal(secret, kind, policy)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
  return JSON.parse(Buffer.from(policy, 'base64url').toString()) as Grant
}

const seal = (secret: string, kind: GrantKind, policy: string) =>
  createHmac('sha256', secret).update(`${kind}.${policy}`).digest()
