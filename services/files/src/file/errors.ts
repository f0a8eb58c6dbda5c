import { AppError } from '@slipway/errors'

export class FileNotFound extends AppError {
  readonly code = 'FILE_NOT_FOUND'
  readonly status = 404
  constructor() {
    super('There is no such file')
  }
}
