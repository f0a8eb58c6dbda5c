import { money } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { render, type TemplateData } from '../template/templates.ts'

const samples: TemplateData = {
  verification: { token: 'sample-token' },
  reset: { token: 'sample-token' },
  receipt: { amount: money(7_800, 'USD'), paymentId: '01980000-0000-7000-8000-000000000001' },
}
const names = Object.keys(samples) as (keyof TemplateData)[]
const schema = { hide: true, params: Type.Object({ template: Type.Enum(names) }) }

/** `/notifications/templates/receipt`: a template with sample data, in development. */
export const previewTemplateRoute: Route<Pick<Deps, 'brand'>> = async (app, { deps }) => {
  app.get('/templates/:template', { schema, config: { access: anyone() } }, async ({ params: { template } }, reply) => {
    const { html } = render(template, samples[template], deps.brand)
    return reply.type('text/html; charset=utf-8').send(`<!doctype html><meta charset="utf-8">${html}`)
  })
}
