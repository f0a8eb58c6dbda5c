import type { Deps } from '../deps.ts'
import type { PaymentPage } from '../page/page.ts'
import { pageUrl } from '../page/page.view.ts'
import type { Order } from './order.ts'

export const orderOf = ({ publicUrl, settings }: Pick<Deps, 'publicUrl' | 'settings'>, page: PaymentPage): Order => ({
  page,
  merchant: settings.MERCHANT_NAME,
  path: new URL(pageUrl(publicUrl, page.id)).pathname,
})
