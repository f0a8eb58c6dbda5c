import { AppError } from '@slipway/errors'
import type { CardProblemCode, CardProblems } from './card.ts'

/** The card cannot be used as it was typed; the page stays open. */
export class CardRefused extends AppError {
  readonly code: CardProblemCode
  readonly status = 400
  constructor(problems: CardProblems) {
    super(problems[0].message, {
      extensions: { errors: problems.map(({ field, message }) => ({ path: `/body/${field}`, message })) },
    })
    this.code = problems[0].code
  }
}
