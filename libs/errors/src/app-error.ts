export interface AppErrorOptions {
  /** Members added to the problem body, such as `{ paymentId }`. Shown to the caller. */
  extensions?: Record<string, unknown>
  /** Response headers, such as `{ 'retry-after': '2' }`. */
  headers?: Record<string, string>
  cause?: unknown
}

/**
 * An error that the caller may see. Subclasses live beside the domain that throws them and fix `code` and `status`:
 *
 *     export class CartEmpty extends AppError {
 *       readonly code = 'CART_EMPTY'
 *       readonly status = 409
 *       constructor() {
 *         super('The cart has no items')
 *       }
 *     }
 *
 * `message` becomes the problem's `detail`: no inner names, no secrets.
 */
export abstract class AppError extends Error {
  abstract readonly code: string
  /** HTTP status, 400 to 599. */
  abstract readonly status: number
  readonly extensions: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(detail: string, { extensions = {}, headers = {}, cause }: AppErrorOptions = {}) {
    super(detail, { cause })
    this.name = new.target.name
    this.extensions = extensions
    this.headers = headers
  }
}
