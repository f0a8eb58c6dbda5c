import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { UploadRefused } from './errors.ts'

/** Lets exactly `size` bytes of that checksum through. It holds one chunk at a time. */
export class Bounds extends Transform {
  readonly #hash = createHash('sha256')
  readonly #size: number
  readonly #sha256: string | undefined
  #seen = 0

  constructor({ size, sha256 }: { size: number; sha256?: string }) {
    super()
    this.#size = size
    this.#sha256 = sha256
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: Error | null, chunk?: Buffer) => void) {
    this.#seen += chunk.length
    if (this.#seen > this.#size) return done(new UploadRefused(`More than the reserved ${this.#size} bytes came`, 413))
    this.#hash.update(chunk)
    done(null, chunk)
  }

  /** @throws UploadRefused */
  check = () => {
    if (this.#seen < this.#size) throw new UploadRefused(`Only ${this.#seen} of the reserved ${this.#size} bytes came`)
    if (this.#sha256 && this.#hash.digest('hex') !== this.#sha256)
      throw new UploadRefused('The bytes do not have the checksum that was announced')
  }
}
