import { expect, test } from 'vitest'
import { checkSettings } from './config.ts'

const usual = {
  NODE_ENV: 'production',
  MAIL_TRANSPORT: 'smtp',
  SMTP_URL: 'smtp://x',
  EMAIL_VERIFICATION_PAGE: '',
  PASSWORD_RESET_PAGE: '',
} as const

test('a CRM is told nothing that it could not know to be ours', () => {
  const crm = { ...usual, CRM_URL: 'https://crm.example/api' }
  const secret = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`
  expect(() => checkSettings({ ...crm, CRM_SIGNING_SECRET: secret(32) })).not.toThrow()
  for (const CRM_SIGNING_SECRET of [undefined, 'secret', 'whsec_', secret(16), secret(65)])
    expect(() => checkSettings({ ...crm, CRM_SIGNING_SECRET })).toThrow('CRM_SIGNING_SECRET must be whsec_')
})

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
