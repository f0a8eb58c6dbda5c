import type { App } from '@slipway/service-kit'

/** Bodies of this scope hold card data: their handlers read it, logs and reports see a word instead. */
export function hideCards(scope: App) {
  scope.addHook('preValidation', async ({ body }) => {
    if (typeof body === 'object' && body !== null) Object.defineProperty(body, 'toJSON', { value: () => '[Card]' })
  })
}
