import { PasswordResetRequested } from '@slipway/contracts/sso'
import { serviceTest } from '@slipway/testing'
import { expect } from 'vitest'
import { notifications } from '../app.ts'
import { link } from '../testing/samples.ts'
import { sendDue } from '../testing/sending.ts'
import { test } from '../testing/test.ts'

test('the mailbox is a page for people', async ({ api, deps, events }) => {
  expect((await api.get('/notifications/mailbox')).text).toContain('There is nothing yet')
  await events.deliver(PasswordResetRequested, link('open-me'))
  await sendDue(deps)
  const { status, text, headers } = await api.get('/notifications/mailbox')
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html; charset=utf-8' })
  expect(text).toContain('#token=open-me">')
})

test.for(['verification', 'reset', 'receipt'])('the template %s can be looked at', async (template, { api }) => {
  expect(await api.get(`/notifications/templates/${template}`)).toMatchObject({
    status: 200,
    text: expect.stringContaining('<p>'),
  })
})

const sending = serviceTest(notifications.definition, {
  environment: { MAIL_TRANSPORT: 'smtp', SMTP_URL: 'smtp://mail.test' },
})

sending('there is no mailbox where mails are sent', async ({ api }) => {
  for (const path of ['mailbox', 'v1/mailbox', 'templates/receipt'])
    expect((await api.get(`/notifications/${path}`)).status).toBe(404)
})
