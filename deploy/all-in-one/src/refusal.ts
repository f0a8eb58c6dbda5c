/** A sentence for whoever started the platform: why it does not run, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
