import { brokerVariables } from '@slipway/broker'
import { InvalidSettings, Secret, type WrongVariable } from '@slipway/config'
import { databaseVariables } from '@slipway/database'
import { observabilityVariables } from '@slipway/observability'
import { serviceVariables } from '@slipway/service-kit'
import { Type, type Static } from 'typebox'

const page = (description: string) =>
  Type.String({ default: '', description: `${description}; {token} stands for the token. Below PUBLIC_URL when empty` })

export const Settings = Type.Object({
  ...serviceVariables,
  ...observabilityVariables,
  ...databaseVariables,
  ...brokerVariables,
  MAIL_TRANSPORT: Type.Enum(['mailbox', 'smtp'], {
    default: 'mailbox',
    description: 'mailbox: mails are kept for the page /notifications/mailbox, which production refuses',
  }),
  SMTP_URL: Type.Optional(Secret({ description: 'Mail server, such as smtps://user:password@mail.example:465' })),
  SMTP_CONNECTIONS: Type.Integer({ minimum: 1, maximum: 100, default: 5, description: 'To the mail server, at once' }),
  MAIL_FROM: Type.String({
    minLength: 3,
    default: 'Slipway <no-reply@slipway.example>',
    description: 'Sender of mails',
  }),
  PRODUCT_NAME: Type.String({ minLength: 1, default: 'Slipway', description: 'What mails call the product' }),
  EMAIL_VERIFICATION_PAGE: page('Page of your front end that confirms an address'),
  PASSWORD_RESET_PAGE: page('Page of your front end that asks for a new password'),
  MESSAGES_PER_HOUR_PER_ADDRESS: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: 20,
    description: 'More are kept as limited and not sent',
  }),
  MESSAGE_RETENTION_DAYS: Type.Integer({
    minimum: 1,
    default: 90,
    description: 'What became of a message, and where it went, is kept so long',
  }),
  CRM_URL: Type.Optional(
    Type.String({
      format: 'uri',
      description: 'A CRM that is told of users and paid carts, at `/events`; none when absent',
    }),
  ),
  CRM_SIGNING_SECRET: Type.Optional(
    Secret({ description: 'By which it knows us: `whsec_` and 24 to 64 bytes in base64' }),
  ),
})
export type Settings = Static<typeof Settings>

type Judged = Pick<
  Settings,
  | 'NODE_ENV'
  | 'MAIL_TRANSPORT'
  | 'SMTP_URL'
  | 'CRM_URL'
  | 'CRM_SIGNING_SECRET'
  | 'EMAIL_VERIFICATION_PAGE'
  | 'PASSWORD_RESET_PAGE'
>

/** @throws InvalidSettings */
export function checkSettings({ NODE_ENV, MAIL_TRANSPORT, SMTP_URL, CRM_URL, CRM_SIGNING_SECRET, ...pages }: Judged) {
  const wrong: WrongVariable[] = []
  if (NODE_ENV === 'production' && MAIL_TRANSPORT === 'mailbox')
    wrong.push({ variable: 'MAIL_TRANSPORT', reason: 'must be smtp in production: anybody reads the mailbox' })
  if (MAIL_TRANSPORT === 'smtp' && SMTP_URL === undefined)
    wrong.push({ variable: 'SMTP_URL', reason: 'is required to send mails by SMTP' })
  for (const variable of ['EMAIL_VERIFICATION_PAGE', 'PASSWORD_RESET_PAGE'] as const)
    if (pages[variable] !== '' && !/^https?:\/\/.*\{token\}/.test(pages[variable]))
      wrong.push({ variable, reason: 'must be an address with {token} in it' })
  if (CRM_URL !== undefined && !isSigningSecret(CRM_SIGNING_SECRET))
    wrong.push({ variable: 'CRM_SIGNING_SECRET', reason: 'must be whsec_ and 24 to 64 bytes in base64, for CRM_URL' })
  if (wrong.length > 0) throw new InvalidSettings(wrong)
}

function isSigningSecret(secret = ''): boolean {
  const { length } = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return /^whsec_[A-Za-z0-9+/]+=*$/.test(secret) && length >= 24 && length <= 64
}
