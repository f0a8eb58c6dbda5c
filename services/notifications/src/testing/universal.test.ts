import { universalTests } from '@slipway/testing'
import { notifications } from '../app.ts'

universalTests(notifications.definition, {
  publicRoutes: [
    'GET /notifications/v1/mailbox',
    'GET /notifications/mailbox',
    'GET /notifications/templates/:template',
  ],
})
