import { Secret } from '@slipway/config'
import Stripe from 'stripe'
import { Type } from 'typebox'
import { defineProvider, secretsOf } from '../provider-kind.ts'
import { stripeAgent, stripeHttp } from './stripe-http.ts'
import { StripeProvider } from './stripe.provider.ts'

const usual = 'https://api.stripe.com'

export const stripe = defineProvider({
  name: 'stripe',
  variables: {
    STRIPE_SECRET_KEY: Secret({ description: 'Proves us to Stripe: sk_live_… or a restricted key' }),
    STRIPE_WEBHOOK_SECRET: Secret({ description: 'Proves webhooks of Stripe to us: whsec_…' }),
    STRIPE_WEBHOOK_SECRET_OLD: Secret({ description: 'The one before, good as well while it is replaced' }),
    STRIPE_API_URL: Type.String({ format: 'uri', description: `Address of Stripe’s API; ${usual} when absent` }),
  },
  required: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  create(settings, { observability, dispatcher, client, publicUrl }) {
    const { protocol, hostname, port } = new URL(settings.STRIPE_API_URL ?? usual)
    const own = dispatcher ? undefined : stripeAgent(client.connectTimeoutMs)
    return new StripeProvider({
      client: new Stripe(settings.STRIPE_SECRET_KEY, {
        ...{ protocol: protocol === 'http:' ? 'http' : 'https', host: hostname, port: port || undefined },
        httpClient: stripeHttp({ observability, dispatcher: dispatcher ?? own! }),
        timeout: client.timeoutMs,
        maxNetworkRetries: 0, // what stays open is asked about again, with the same keys
        telemetry: false,
        appInfo: { name: 'slipway-acquiring' },
      }),
      webhookSecrets: secretsOf(settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_WEBHOOK_SECRET_OLD),
      returnUrl: publicUrl,
      close: async () => own?.close(),
    })
  },
})
