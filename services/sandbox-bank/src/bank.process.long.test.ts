import { afterAll, beforeEach, expect, vi } from 'vitest'
import { BankProcess } from './testing/bank-process.ts'
import { cards, typed } from './testing/payer.ts'
import { apiKey, test as bank } from './testing/test.ts'
import { WebhookTarget } from './testing/webhook-target.ts'

// each starts processes
vi.setConfig({ testTimeout: 120_000 })

const patience = { timeout: 20_000 }
const target = await WebhookTarget.listen()
beforeEach(() => target.reset())
afterAll(() => target.close())

/** A database for processes: the bank in this one keeps off it. */
const test = bank.fresh.extend<{ start: () => Promise<BankProcess> }>({
  start: async ({ deps }, use) => {
    await deps.agenda.stop()
    const started: BankProcess[] = []
    await use(async () => {
      const process = await BankProcess.launch(deps.database.directUrl, target.url)
      started.push(process)
      await process.ready()
      return process
    })
    await Promise.all(started.map((process) => process.stop('SIGKILL')))
  },
})

test('what was paid before a kill -9 is told after it, and the dispute still comes', async ({ start }) => {
  target.answer = (_webhook, response) => void response.writeHead(503).end()
  const first = await start()
  const id = await first.openPage('before-the-kill')
  await first.pay(id, cards.chargedBack)
  await first.stop('SIGKILL')
  target.reset()

  const second = await start()
  await vi.waitFor(() => expect(target.types).toEqual(['page.paid', 'page.charged_back']), patience)
  expect(await second.page('before-the-kill')).toMatchObject({ id, status: 'charged_back' })
})

test('a merchant that hangs on one webhook gets the others; the bank stops all the same', async ({ start }) => {
  target.answer = ({ type }, response) => void (type === 'page.paid' ? undefined : response.writeHead(200).end('fine'))
  const process = await start()
  await process.pay(await process.openPage('hangs'), cards.pays)
  await vi.waitFor(() => expect(target.types).toEqual(['page.paid']), patience)
  await process.pay(await process.openPage('answers'), cards.declined)
  await vi.waitFor(() => expect(target.types).toEqual(['page.paid', 'page.declined']), patience)
  const stopping = performance.now()
  await process.stop()
  expect(performance.now() - stopping).toBeLessThan(5_000)
})

test('timeouts: nothing is done before, everything after; the merchant gets no answer either way', async ({
  start,
}) => {
  const process = await start()
  const attempt = async (path: string, body: object, fault: string, headers: Record<string, string> = {}) => {
    const patience = AbortSignal.timeout(2_000)
    const call = process.post(path, body, { ...headers, 'x-sandbox-fault': fault }, patience)
    await expect(call).rejects.toThrow('timeout')
  }
  const opening = (reference: string) => ({ reference, amount: { amount: 1, currency: 'USD' } })
  const asMerchant = (key: string) => ({ authorization: `Bearer ${apiKey}`, 'idempotency-key': key })

  await attempt('/v1/pages', opening('a'), 'timeout-before', asMerchant('a'))
  expect(await process.page('a')).toBeUndefined()
  await attempt('/v1/pages', opening('b'), 'timeout-after-charging', asMerchant('b'))
  await vi.waitFor(async () => expect(await process.page('b')).toMatchObject({ status: 'open' }), patience)

  const id = await process.openPage('c')
  await attempt(`/v1/pages/${id}/pay`, typed(cards.pays), 'timeout-before')
  expect(await process.page('c')).toMatchObject({ status: 'open' })
  await attempt(`/v1/pages/${id}/pay`, typed(cards.pays), 'timeout-after-charging')
  await vi.waitFor(async () => expect(await process.page('c')).toMatchObject({ status: 'paid' }), patience)

  const silent = process.post('/v1/pages', opening('d'), { ...asMerchant('d'), 'x-sandbox-fault': 'timeout-before' })
  const broken = expect(silent).rejects.toThrow()
  await process.stop()
  await broken
})
