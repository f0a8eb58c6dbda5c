export interface WrongVariable {
  variable: string
  reason: string
}

/** Names every wrong variable, one a line. Values are never shown: they may be secrets. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings'
  readonly wrong: readonly WrongVariable[]

  constructor(wrong: readonly WrongVariable[]) {
    super(['Wrong settings:', ...wrong.map(({ variable, reason }) => `  ${variable} ${reason}`)].join('\n'))
    this.wrong = wrong
  }
}
