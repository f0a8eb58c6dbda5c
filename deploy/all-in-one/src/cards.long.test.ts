import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { everyFile, everyRow, type Kept } from './testing/everything-kept.ts'
import { dataFolder, Platform } from './testing/platform.ts'
import { Shopper } from './testing/shopper.ts'

// Card numbers and security codes go to the bank's page only: the platform must keep neither, anywhere, however much it logs.

const { dataDir, remove } = dataFolder()
let platform: Platform
let url: string
beforeAll(async () => {
  platform = Platform.launch({ dataDir, env: { LOG_LEVEL: 'trace' } })
  url = await platform.ready()
})
afterAll(async () => {
  await platform.stop()
  remove()
})

const cards = {
  '4242 4242 4242 4242': 'captured',
  '4000 0000 0000 0002': 'failed',
  '4000 0000 0000 9995': 'failed',
  '4000 0025 0000 3155': 'captured',
  '4000 0000 0000 0259': 'charged_back',
}
/** Two that are mistyped: one has a wrong check digit, the other comes in the wrong field. */
const mistyped = ['4111 1111 1111 1112', '5555 5555 5555 4444']

const cvc = '975'
const patience = { timeout: 60_000, interval: 100 }

test(
  'journeys with every test card, over the hosted page and over the API, leave no card data behind',
  { timeout: 240_000 },
  async () => {
    for (const [card, ending] of Object.entries(cards)) {
      for (const way of [byForm, byApi]) {
        const { shopper, payment } = await toBePaid()
        await way(payment.nextAction.url, card)
        await vi.waitFor(async () => {
          const { json } = await shopper.send('GET', `/acquiring/v1/payments/${payment.id}`)
          expect(json.status, `${card} ${way.name}`).toBe(ending)
        }, patience)
      }
    }
    await mistakes((await toBePaid()).payment.nextAction.url)

    const found = traces([{ where: 'log', text: platform.output }, ...(await everyRow(dataDir)), ...everyFile(dataDir)])
    expect(found).toEqual([])
  },
)

test('a card is found where there is one', () => {
  const where = 'here'
  const texts = ['4242424242424242', '"4000-0000-0000-0002"', 'card=4000+0025+0000+3155', '"cvc":"975"', 'cvc=975&x']
  expect(traces(texts.map((text) => ({ where, text })))).toHaveLength(texts.length)
  expect(traces([{ where, text: '•••• 4242, 2026-11-28T09:75:975Z' }])).toEqual([])
})

async function toBePaid() {
  const shopper = new Shopper(url)
  await shopper.register()
  await shopper.logIn()
  const cart = await shopper.fillCart()
  const { status, json: payment } = await shopper.pay(cart.id)
  expect(status).toBe(201)
  return { shopper, payment }
}

/** As a browser without JavaScript does it: forms, and wherever they lead. */
async function byForm(page: string, card: string) {
  const html = await (await fetch(page)).text()
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(html) ?? []
  const then = await submit(new URL(action, page).href, { card, expiry: '12 / 34', cvc })
  const [, confirm] = /<form method="post" action="([^"]+\/confirm)"/.exec(then) ?? []
  if (confirm) await submit(new URL(confirm, page).href, { accept: 'true' })
}

const submit = async (to: string, fields: Record<string, string>) =>
  (await fetch(to, { method: 'POST', body: new URLSearchParams(fields) })).text()

const toApi = (page: string) => page.replace('/pages/', '/v1/pages/')
const json = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

async function byApi(page: string, card: string) {
  const paid = await fetch(`${toApi(page)}/pay`, json({ card, expiry: '12/34', cvc }))
  expect(paid.status).toBe(200)
  const { status } = (await paid.json()) as { status: string }
  if (status === 'requires_confirmation') await fetch(`${toApi(page)}/confirm`, json({ accept: true }))
}

/** What people and programs get wrong. */
async function mistakes(page: string) {
  const [wrongDigit = '', wrongField = ''] = mistyped
  await submit(page, { card: wrongDigit, expiry: '12 / 34', cvc })
  await submit(page, { card: '', expiry: wrongField, cvc })
  const bodies = [
    { card: wrongDigit, expiry: '12/34', cvc },
    { card: '4242', expiry: wrongField, cvc },
    { cardNumber: wrongField, expiry: '12/34', cvc },
    { card: { number: wrongField }, cvc: [cvc] },
  ]
  for (const body of bodies) expect((await fetch(`${toApi(page)}/pay`, json(body))).status).toBe(400)
  const broken = { ...json({}), body: `{"card":"${wrongField}","cvc":"${cvc}"` }
  expect((await fetch(`${toApi(page)}/pay`, broken)).status).toBe(400)
}

/** Where card data is: numbers with whatever is between their groups, and the code as a value of its own. */
function traces(kept: readonly Kept[]): string[] {
  const groups = [...Object.keys(cards), ...mistyped].map((card) => card.split(' ').join('[^0-9]{0,3}'))
  const secret = new RegExp(`(?<![0-9])(${groups.join('|')})(?![0-9])|cvc[^0-9a-z]{1,8}${cvc}(?![0-9])|"${cvc}"`, 'i')
  return kept.flatMap(({ where, text }) => {
    const found = secret.exec(text)
    return found ? [`${where}: …${text.slice(Math.max(0, found.index - 80), found.index + 40)}…`] : []
  })
}
