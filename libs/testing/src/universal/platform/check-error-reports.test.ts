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

async function check(
  add: (app: App, capture: (error: Error, tags?: Record<string, string>) => void) => void,
  reports = 1,
) {
  const sentry = await startSentryDouble()
  onTestFinished(() => sentry.close())
  const mini = await startMiniApp({
    environment: { SENTRY_DSN: sentry.dsn },
    routes(app) {
      app.get('/v1/sold-out', { config: { access: anyone() } }, async () =>
        Promise.reject(new OutOfStock('None is left')),
      )
      add(app, (...caught) => mini.service.observability.captureException(...caught))
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
      await vi.waitFor(() => expect(sentry.reports.length).toBeGreaterThanOrEqual(reports), { timeout: 20_000 })
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
  }, 5)
  await expect(checked).rejects.toThrow('GET /shop/debug/error: reached Sentry 5 times instead of once')
})

test('a token that is told along is found', async () => {
  const checked = check((app, capture) => {
    app.addHook('onError', async ({ url, headers: { authorization = '' } }) => {
      if (url.endsWith('/debug/error')) capture(new Error('It failed'), { authorization })
    })
  }, 2)
  await expect(checked).rejects.toThrow('GET /shop/debug/error: told Sentry the caller’s token')
})

test('an answer that tells what went wrong inside is found', async () => {
  const checked = check((app) => {
    app.addHook('onSend', async (_request, _reply, payload) =>
      String(payload).replace('Something went wrong on our side', 'This route always fails'),
    )
  })
  await expect(checked).rejects.toThrow(/debug\/error: gets 500 INTERNAL with detail "This route always fails" instead/)
})
