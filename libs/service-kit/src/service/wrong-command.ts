import { AppError } from '@slipway/errors'

/** A command that there is not, or that was given arguments which it does not take; the detail says what it takes. */
export class WrongCommand extends AppError {
  readonly code = 'WRONG_COMMAND'
  readonly status = 400
}
