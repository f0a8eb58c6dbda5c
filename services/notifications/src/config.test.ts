import { expect, test } from 'vitest'
import { checkSettings } from './config.ts'

const usual = {
  NODE_ENV: 'production',
  MAIL_TRANSPORT: 'smtp',
  SMTP_URL: 'smtp://x',
  EMAIL_VERIFICATION_PAGE: '',
  PASSWORD_RESET_PAGE: '',
} as const

test('production sends mails; whoever sends them knows where to, and a page takes its token', () => {
  expect(() => checkSettings(usual)).not.toThrow()
  expect(() => checkSettings({ ...usual, MAIL_TRANSPORT: 'mailbox' })).toThrow(
    'MAIL_TRANSPORT must be smtp in production',
  )
  expect(() => checkSettings({ ...usual, SMTP_URL: undefined })).toThrow('SMTP_URL is required')
  expect(() => checkSettings({ ...usual, PASSWORD_RESET_PAGE: 'https://shop.example/reset' })).toThrow(
    'with {token} in it',
  )
  expect(() => checkSettings({ ...usual, PASSWORD_RESET_PAGE: 'https://shop.example/reset#{token}' })).not.toThrow()
})
