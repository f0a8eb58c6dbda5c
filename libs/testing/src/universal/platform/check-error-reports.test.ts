import { AppError } from '@slipway/errors'
import { anyone, type App } from '@slipway/service-kit'
import { expect, onTestFinished, test, vi } from 'vitest'
import { requestFor } from '../requests/route-request.ts'
import { startMiniApp } from '../testing/mini-app.ts'
import { checkErrorReports } from './check-error-reports.ts'
import { startSentryDouble } from './sentry-double.ts'

class OutOfStock extends AppError {
  readonly code = 'OUT_OF_STOCK'
  readonly status = 409
}

async function check(add: (app: App, capture: (error: Error) => void) => void) {
  const sentry = await startSentryDouble()
  onTestFinished(() => sentry.close())
  const mini = await startMiniApp({
    environment: { SENTRY_DSN: sentry.dsn },
    routes(app) {
      app.get('/v1/sold-out', { config: { access: anyone() } }, async () =>
        Promise.reject(new OutOfStock('None is left')),
      )
      add(app, (error) => mini.service.observability.captureException(error))
    },
  })
  await checkErrorReports({
    app: mini.app,
    service: 'shop',
    routes: mini.routes,
    arrange: async (route) => requestFor(route, 1),
    seed: 1,
    settle: async () => {
      await mini.service.observability.close()
      // closing gives up after two seconds, which a busy machine may need to load Sentry
      await vi.waitFor(() => expect(sentry.reports).not.toHaveLength(0), { timeout: 20_000 })
      return sentry.reports
    },
  })
}

test('Sentry sees the error that was made for it, once, and no business error', async () => {
  await check(() => {})
})

test('a business error that is reported is found', async () => {
  const checked = check((app, capture) => {
    app.get('/v1/eager', { config: { access: anyone() } }, async () => {
      capture(new Error('The cart is empty')) // not an AppError: nobody holds it back
      throw new OutOfStock('None is left')
    })
  })
  await expect(checked).rejects.toThrow('Sentry saw "The cart is empty"')
})

test('an error that is reported more than once is found', async () => {
  const checked = check((app, capture) => {
    app.get('/v1/again', { config: { access: anyone() } }, async () => {
      capture(new Error('This route always fails, to try error reporting'))
      throw new OutOfStock('None is left')
    })
  })
  await expect(checked).rejects.toThrow('GET /shop/debug/error: reached Sentry 5 times instead of once')
})
