import { messagingMigrations } from '@slipway/broker'
import { defineService } from '@slipway/service-kit'
import { hideCards } from './card/hide-cards.ts'
import { confirmRoute } from './charge/confirm.route.ts'
import { payRoute } from './charge/pay.route.ts'
import { checkSettings, Settings } from './config.ts'
import { buildDeps } from './deps.ts'
import { injectFaults } from './fault/inject-faults.ts'
import { forBrowsers } from './hosted/for-browsers.ts'
import { showPageRoute } from './hosted/show-page.route.ts'
import { submitCardRoute } from './hosted/submit-card.route.ts'
import { submitConfirmationRoute } from './hosted/submit-confirmation.route.ts'
import { requireApiKey } from './merchant/api-key.ts'
import { moveClockRoute } from './clock/move-clock.route.ts'
import { cancelPageRoute } from './page/cancel-page.route.ts'
import { capturePageRoute } from './page/capture-page.route.ts'
import { findPageRoute } from './page/find-page.route.ts'
import { getPageRoute } from './page/get-page.route.ts'
import { openPageRoute } from './page/open-page.route.ts'
import { refundPageRoute } from './refund/refund-page.route.ts'
import { downloadSettlementRoute } from './settlement/download-settlement.route.ts'
import { listSettlementRoute } from './settlement/list-settlement.route.ts'

export const sandboxBank = defineService({
  name: 'sandbox-bank',
  version: '0.1.0',
  description: 'A payment provider for development: hosted page, webhooks, settlement, faults',
  settings: Settings,
  checkSettings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('../prisma/migrations/', import.meta.url) }],
  buildDeps,

  routes(app, deps) {
    app.register(async (merchant) => {
      requireApiKey(merchant, deps.settings.SANDBOX_BANK_API_KEY)
      injectFaults(merchant, deps.faults)
      merchant.register(openPageRoute, { deps })
      merchant.register(getPageRoute, { deps })
      merchant.register(findPageRoute, { deps })
      merchant.register(cancelPageRoute, { deps })
      merchant.register(capturePageRoute, { deps })
      merchant.register(refundPageRoute, { deps })
      merchant.register(listSettlementRoute, { deps })
      merchant.register(downloadSettlementRoute, { deps })
    })

    app.register(async (operator) => {
      requireApiKey(operator, deps.settings.SANDBOX_BANK_API_KEY)
      operator.register(moveClockRoute, { deps })
    })

    app.register(async (payer) => {
      hideCards(payer)
      injectFaults(payer, deps.faults)
      payer.register(payRoute, { deps })
      payer.register(confirmRoute, { deps })

      payer.register(async (browser) => {
        await forBrowsers(browser)
        browser.register(showPageRoute, { deps })
        browser.register(submitCardRoute, { deps })
        browser.register(submitConfirmationRoute, { deps })
      })
    })
  },

  async prepare({ agenda }) {
    agenda.wake()
  },
})
