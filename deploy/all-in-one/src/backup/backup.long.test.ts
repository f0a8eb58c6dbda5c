import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { dataFolder, Platform } from '../testing/platform.ts'
import { Shopper } from '../testing/shopper.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const folder = dataFolder()
const { dataDir } = folder
const file = join(dirname(dataDir), 'backup.tar.gz')
afterAll(() => folder.remove())

/** `npm run backup` or `npm run restore`, as a person runs it. */
function command(name: 'backup' | 'restore', ...args: string[]): Promise<{ code: number; output: string }> {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [main, name, ...args, '--data-dir', dataDir],
      { env: { PATH, HOME, NODE_COMPILE_CACHE } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, output: out + err }),
    ),
  )
}

const cartOf = async (url: string, shopper: Shopper, id: string) => {
  const { status, json } = await shopper.send('GET', `${url}/cart/v1/carts/${id}`)
  return [status, json.status]
}

describe('a backup and what comes after it', { shuffle: false }, () => {
  test('a paid cart is there again after backup, loss of everything and restore', async () => {
    let platform = Platform.launch({ dataDir })
    let url = await platform.ready()
    const port = Number(new URL(url).port)
    const shopper = new Shopper(url)
    await shopper.register()
    await shopper.logIn()
    const { id } = await shopper.fillCart()
    await shopper.payAtBank((await shopper.pay(id)).json)
    await vi.waitFor(async () => expect(await cartOf(url, shopper, id)).toEqual([200, 'paid']), { timeout: 30_000 })

    expect(await command('backup', file)).toMatchObject({ code: 1, output: expect.stringContaining('is in use by') })
    expect(existsSync(file)).toBe(false)

    // killed: PostgreSQL is left behind, and the backup ends it cleanly
    await platform.stop('SIGKILL')
    expect(await command('backup', file)).toMatchObject({ code: 0 })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)

    rmSync(dataDir, { recursive: true })
    expect(await command('restore', file)).toMatchObject({ code: 0 })
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
    platform = Platform.launch({ dataDir, port })
    url = await platform.ready()
    expect((await shopper.logIn()).accessToken).toBeTypeOf('string')
    expect(await cartOf(url, shopper, id)).toEqual([200, 'paid'])
    await platform.stop()
  })

  test('a backup is never written over', async () => {
    const before = readFileSync(file)
    expect(await command('backup', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('is there already'),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('what the folder holds is refused, or put aside when told so', async () => {
    rmSync(dataDir, { recursive: true, force: true })
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'secrets.json'), 'mine')
    expect(await command('restore', file)).toMatchObject({ code: 1, output: expect.stringContaining('--replace') })
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe('mine')

    expect(await command('restore', file, '--replace')).toMatchObject({ code: 0 })
    const [aside = ''] = readdirSync(dataDir).filter((name) => name.startsWith('.replaced-'))
    expect(readFileSync(join(dataDir, aside, 'secrets.json'), 'utf8')).toBe('mine')
    expect(existsSync(join(dataDir, 'postgres', 'PG_VERSION'))).toBe(true)
  })

  test('a damaged file, or one that is no backup, changes nothing', async () => {
    const damaged = join(dirname(dataDir), 'damaged.tar.gz')
    writeFileSync(damaged, readFileSync(file))
    truncateSync(damaged, statSync(file).size - 1_000)
    const before = readdirSync(dataDir).sort()
    for (const wrong of [damaged, main]) {
      const { code, output } = await command('restore', wrong, '--replace')
      expect([code, output]).toEqual([1, expect.stringMatching(/nothing was changed/i)])
    }
    expect(readdirSync(dataDir).sort()).toEqual(before)
  })

  test('after a restore that was cut short nothing starts until it is run again', async () => {
    mkdirSync(join(dataDir, '.restoring'))
    const platform = Platform.launch({ dataDir })
    expect([await platform.exit(), platform.output]).toEqual([1, expect.stringContaining('was cut short')])
    expect(await command('restore', file, '--replace')).toMatchObject({ code: 0 })
    expect(existsSync(join(dataDir, '.restoring'))).toBe(false)
  })
})
