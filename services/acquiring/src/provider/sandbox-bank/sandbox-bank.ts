import { Secret } from '@slipway/config'
import { SandboxBankClient } from '@slipway/contracts/sandbox-bank'
import { Type } from 'typebox'
import { defineProvider, secretsOf } from '../provider-kind.ts'
import { SandboxBankProvider } from './sandbox-bank.provider.ts'

export const sandboxBank = defineProvider({
  name: 'sandbox-bank',
  pretends: true,
  variables: {
    SANDBOX_BANK_URL: Type.String({ format: 'uri', description: 'Address of the sandbox bank with its prefix' }),
    SANDBOX_BANK_API_KEY: Secret({ description: 'Proves us to the sandbox bank' }),
    SANDBOX_BANK_WEBHOOK_SECRET: Secret({ description: 'Proves webhooks of the sandbox bank to us' }),
    SANDBOX_BANK_WEBHOOK_SECRET_OLD: Secret({ description: 'The one before, good as well while it is replaced' }),
  },
  required: ['SANDBOX_BANK_URL', 'SANDBOX_BANK_API_KEY', 'SANDBOX_BANK_WEBHOOK_SECRET'],
  create: (settings, { observability, dispatcher, client }) =>
    new SandboxBankProvider({
      client: new SandboxBankClient({
        ...client,
        ...{ name: 'sandbox-bank', baseUrl: settings.SANDBOX_BANK_URL, apiKey: settings.SANDBOX_BANK_API_KEY },
        ...{ observability, dispatcher },
      }),
      webhookSecrets: secretsOf(settings.SANDBOX_BANK_WEBHOOK_SECRET, settings.SANDBOX_BANK_WEBHOOK_SECRET_OLD),
    }),
})
