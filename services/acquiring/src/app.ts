import { messagingMigrations } from '@slipway/broker'
import { defineService } from '@slipway/service-kit'
import { createPaymentRoute } from './checkout/create-payment.route.ts'
import { ReleaseAbandonedCarts } from './checkout/release-abandoned-carts.job.ts'
import { checkSettings, Settings } from './config.ts'
import { buildDeps } from './deps.ts'
import { ForgetUser } from './erasure/forget-user.job.ts'
import { ForgetUsers } from './erasure/forget-users.job.ts'
import { PruneKeys } from './idempotency/prune-keys.job.ts'
import { cancelPaymentRoute } from './payment/cancel-payment.route.ts'
import { listAccountsRoute } from './ledger/list-accounts.route.ts'
import { listTransactionsRoute } from './ledger/list-transactions.route.ts'
import { capturePaymentRoute } from './payment/capture-payment.route.ts'
import { getPaymentRoute } from './payment/get-payment.route.ts'
import { listPaymentsRoute } from './payment/list-payments.route.ts'
import { SettlePayments } from './payment/settle-payments.job.ts'
import { listReconciliationsRoute } from './reconciliation/list-reconciliations.route.ts'
import { Reconcile } from './reconciliation/reconcile.job.ts'
import { createRefundRoute } from './refund/create-refund.route.ts'
import { ExecuteRefunds } from './refund/execute-refunds.job.ts'
import { listRefundsRoute } from './refund/list-refunds.route.ts'
import { RefundRejectedPayment } from './refund/refund-rejected-payment.job.ts'
import { receiveWebhookRoute } from './webhook/receive-webhook.route.ts'

export const acquiring = defineService({
  name: 'acquiring',
  version: '0.1.0',
  description: 'Payments, refunds, ledger, webhooks, reconciliation',
  settings: Settings,
  checkSettings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('../prisma/migrations/', import.meta.url) }],
  buildDeps,

  routes(app, deps) {
    app.register(createPaymentRoute, { deps })
    app.register(getPaymentRoute, { deps })
    app.register(listPaymentsRoute, { deps })
    app.register(capturePaymentRoute, { deps })
    app.register(cancelPaymentRoute, { deps })

    app.register(createRefundRoute, { deps })
    app.register(listRefundsRoute, { deps })

    app.register(listAccountsRoute, { deps })
    app.register(listTransactionsRoute, { deps })
    app.register(listReconciliationsRoute, { deps })

    app.register(receiveWebhookRoute, { deps })
  },

  jobs: () => [new RefundRejectedPayment(), new ForgetUser()],

  periodicJobs: (deps) => [
    new SettlePayments(deps),
    new ExecuteRefunds(deps),
    new ReleaseAbandonedCarts(deps),
    new Reconcile(deps),
    new PruneKeys(deps),
    new ForgetUsers(deps),
  ],
})
