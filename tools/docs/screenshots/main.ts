import { join } from 'node:path'
import { buy } from '@slipway/web-client/examples/checkout'
import { chromium, type Page } from 'playwright-core'
import { root } from '../files.ts'

/** `npm run screenshots`: pictures of a running platform for the documentation, by the browser at CHROMIUM_PATH. */
const { CHROMIUM_PATH: executablePath, PLATFORM_URL: origin = 'http://localhost:3000' } = process.env
if (!executablePath || !(await fetch(origin).catch(() => undefined))) {
  console.error(
    `CHROMIUM_PATH must be the program of Chromium or Chrome, and the platform must answer at ${origin} (npm start, or PLATFORM_URL)`,
  )
  process.exit(1)
}

const browser = await chromium.launch({ executablePath })
const page = await browser.newPage({ viewport: { width: 1000, height: 620 } })
try {
  await take(page, 'start', '/')
  await take(page, 'apis', '/docs?urls.primaryName=cart', '#operations-cart-get_cart_v1_cart')
  const person = { email: `jo-${Date.now()}@example.com`, password: 'a long word that nobody guesses' }
  await take(page, 'bank', new URL((await buy(origin, person))!).pathname)
  await take(page, 'mailbox', '/notifications/mailbox', 'article')
} finally {
  await browser.close()
}

/** Waits for `until`, where a page fills itself. */
async function take(page: Page, name: string, path: string, until = 'body') {
  await page.goto(`${origin}${path}`)
  const there = page.locator(until).first()
  await there.waitFor()
  if (until !== 'body') await there.scrollIntoViewIfNeeded()
  const file = `docs/images/${name}.png`
  await page.screenshot({ path: join(root, file) })
  console.log(file)
}
