import { AppError } from '@slipway/errors'
import type { CardProblem, CardProblemCode } from './card.ts'

/** The card cannot be used as it was typed; the page stays open. */
export class CardRefused extends AppError {
  readonly code: CardProblemCode
  readonly status = 400
  constructor(problems: readonly [CardProblem, ...CardProblem[]]) {
    super(problems[0].message, {
      extensions: { errors: problems.map(({ field, message }) => ({ path: `/body/${field}`, message })) },
    })
    this.code = problems[0].code
  }
}
