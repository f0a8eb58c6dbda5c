import { AppError } from '@slipway/errors'
import type { Rendered } from '../template/templates.ts'

export interface Outgoing extends Rendered {
  /** The same for every attempt: whoever takes the message can tell a repetition by it. */
  id: string
  address: string
}

/** A way out: e-mail, text messages, push. */
export interface Channel {
  /** @throws Undeliverable when no attempt can succeed; anything else when a later one may */
  send(message: Outgoing): Promise<void>
  close(): Promise<void>
}

/** The address is none, says who should know: nothing is sent there any more. */
export class Undeliverable extends AppError {
  readonly code = 'UNDELIVERABLE'
  readonly status = 422
}
