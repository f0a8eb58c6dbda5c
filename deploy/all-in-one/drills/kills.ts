import { setTimeout as pause } from 'node:timers/promises'
import { dataFolder, Platform } from '../src/testing/platform.ts'
import { Shopper } from '../src/testing/shopper.ts'

/**
 * Kills the platform (SIGKILL) at moments that nobody chose while people shop, starts it again, and in the end counts:
 * whoever was told to be registered can log in, whoever paid has a paid cart, and nobody paid twice.
 *   node deploy/all-in-one/drills/kills.ts [kills = 10]
 */
const kills = Number(process.argv[2] ?? 10)
const atOnce = 3
/** All the shoppers come from one address. */
const env = { REGISTRATIONS_PER_MINUTE: '100000' }

interface Visit {
  shopper: Shopper
  registered: boolean
  cartId?: string
  paid: boolean
}

const visits: Visit[] = []
const { dataDir, remove } = dataFolder()
let platform = Platform.launch({ dataDir, env })
const url = await platform.ready()
const port = Number(new URL(url).port)

async function visit() {
  const visit: Visit = { shopper: new Shopper(url), registered: false, paid: false }
  visits.push(visit)
  const { shopper } = visit
  visit.registered = (await shopper.register()).status === 201
  if (!visit.registered) return
  await shopper.logIn()
  visit.cartId = (await shopper.fillCart()).id
  const { json: payment } = await shopper.pay(visit.cartId!)
  visit.paid = (await shopper.payAtBank(payment)).json.status === 'paid'
}

for (let kill = 1; kill <= kills; kill++) {
  let shopping = true
  // a visit that the kill cuts short has told what it saw
  const crowd = Array.from({ length: atOnce }, async () => {
    while (shopping) await visit().catch(() => pause(20))
  })
  await pause(500 + Math.random() * 6_000)
  await platform.stop('SIGKILL')
  shopping = false
  await Promise.all(crowd)
  platform = Platform.launch({ dataDir, port, env })
  await platform.ready()
  console.log(`kill ${kill}: ${visits.length} visits so far, ${visits.filter(({ paid }) => paid).length} paid`)
}

const problems: string[] = []
for (const { shopper, registered, cartId, paid } of visits) {
  if (!registered) continue
  const { accessToken } = await shopper.logIn()
  if (!accessToken) problems.push(`${shopper.email} was registered and cannot log in`)
  if (!paid || !cartId) continue
  if (!(await becomesPaid(shopper, cartId))) problems.push(`${shopper.email} paid, and cart ${cartId} is not paid`)
  const { json } = await shopper.send('GET', '/acquiring/v1/payments')
  const captured = json.items.filter(
    (payment: { cartId: string; status: string }) => payment.cartId === cartId && payment.status === 'captured',
  )
  if (captured.length !== 1) problems.push(`${shopper.email} has ${captured.length} captured payments for one cart`)
}
await platform.stop()
remove()

console.log(
  problems.length === 0 ? `Nothing was lost in ${kills} kills and ${visits.length} visits.` : problems.join('\n'),
)
process.exitCode = problems.length === 0 ? 0 : 1

/** Within the time in which work that a killed process had taken is given to the next. */
async function becomesPaid(shopper: Shopper, cartId: string): Promise<boolean> {
  for (const until = Date.now() + 40_000; Date.now() < until; await pause(100)) {
    if ((await shopper.send('GET', `/cart/v1/carts/${cartId}`)).json.status === 'paid') return true
  }
  return false
}
