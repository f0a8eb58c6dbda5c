import { AppError } from '@slipway/errors'

/** The form or link was not signed by us, or was changed. */
export class SignatureInvalid extends AppError {
  readonly code = 'SIGNATURE_INVALID'
  readonly status = 403
  constructor() {
    super('This form or link was not made here, or has been changed')
  }
}

export class LinkExpired extends AppError {
  readonly code = 'LINK_EXPIRED'
  readonly status = 403
  constructor() {
    super('This form or link has expired: ask for a new one')
  }
}

/** What is sent is not what was reserved. */
export class UploadRefused extends AppError {
  readonly code = 'UPLOAD_REFUSED'
  readonly status: number
  constructor(detail: string, status = 400) {
    // whatever else is on its way is not waited for
    super(detail, { headers: { connection: 'close' } })
    this.status = status
  }
}

export class ObjectNotFound extends AppError {
  readonly code = 'OBJECT_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such object')
  }
}
