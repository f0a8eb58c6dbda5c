import { AppError } from '@slipway/errors'

export class UploadNotAllowed extends AppError {
  readonly code = 'UPLOAD_NOT_ALLOWED'
  readonly status = 403
  constructor(detail: string) {
    super(detail)
  }
}

export class FileTooLarge extends AppError {
  readonly code = 'FILE_TOO_LARGE'
  readonly status = 400
  constructor(maxBytes: number) {
    super(`Files for this purpose have ${maxBytes} bytes at most`, { extensions: { maxBytes } })
  }
}

export class FileTooSmall extends AppError {
  readonly code = 'FILE_TOO_SMALL'
  readonly status = 400
  constructor(minBytes: number) {
    super(`Files for this purpose have ${minBytes} bytes at least`, { extensions: { minBytes } })
  }
}

export class ExtensionNotAllowed extends AppError {
  readonly code = 'EXTENSION_NOT_ALLOWED'
  readonly status = 400
  constructor(allowed: readonly string[]) {
    super(`The name must end with one of: ${allowed.map((name) => `.${name}`).join(', ')}`, { extensions: { allowed } })
  }
}

export class TypeNotAllowed extends AppError {
  readonly code = 'TYPE_NOT_ALLOWED'
  readonly status = 400
  constructor(expected: string) {
    super(`A file of this name has the content type ${expected}`, { extensions: { expected } })
  }
}

export class QuotaExceeded extends AppError {
  readonly code = 'QUOTA_EXCEEDED'
  readonly status = 409
  constructor(maxBytes: number) {
    super(`All files for this purpose together have ${maxBytes} bytes at most`, { extensions: { maxBytes } })
  }
}

export class TooManyFiles extends AppError {
  readonly code = 'TOO_MANY_FILES'
  readonly status = 409
  constructor(maxFiles: number) {
    super(`There are ${maxFiles} files about this already, those under way included`, { extensions: { maxFiles } })
  }
}

export class NotUploaded extends AppError {
  readonly code = 'NOT_UPLOADED'
  readonly status = 409
  constructor() {
    super('Nothing has been uploaded yet: send the form first')
  }
}

export class UploadExpired extends AppError {
  readonly code = 'UPLOAD_EXPIRED'
  readonly status = 409
  constructor() {
    super('The file was not uploaded in time: ask for a new upload')
  }
}
