import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv, promisify } from 'node:util'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import { dataFolder, Platform } from './testing/platform.ts'
import { Shopper } from './testing/shopper.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const unit = readFileSync(join(root, 'deploy/systemd/slipway.service'), 'utf8')

/** As install.sh makes it, and as the person who installs fills it in. */
function settings(folder: string) {
  const file = join(folder, 'slipway.env')
  execFileSync(process.execPath, [join(root, 'deploy/platform/src/env-init/main.ts'), '--production', file])
  const text = readFileSync(file, 'utf8')
    .replace(/^#(PUBLIC_URL)=.*$/m, '$1=https://shop.example')
    .replace(/^#(SMTP_URL)=$/m, '$1=smtp://127.0.0.1:1')
    .replace(/^#(STRIPE_SECRET_KEY)=$/m, `$1=sk_live_${'x'.repeat(24)}`)
    .replace(/^#(STRIPE_WEBHOOK_SECRET)=$/m, `$1=whsec_${'x'.repeat(32)}`)
  expect(text).not.toMatch(/^#[A-Z_]+=/m)
  return parseEnv(text)
}

test('with the settings of an installation it runs in production, without anything of development', async () => {
  const { dataDir, remove } = dataFolder()
  const port = await getPort({ host: '127.0.0.1' })
  const env = { ...settings(mkdtempSync(join(tmpdir(), 'settings-'))), NODE_ENV: 'production' }
  const platform = Platform.launch({ dataDir, port, env })
  try {
    expect(await platform.ready()).toBe('https://shop.example')
    expect(platform.output).not.toMatch(/shopper@|admin@/)
    for (const [name, value] of Object.entries(env))
      if (/SECRET|PASSWORD/.test(name)) expect(platform.output).not.toContain(value)
    expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false)

    const shopper = new Shopper(`http://127.0.0.1:${port}`)
    expect((await shopper.send('GET', '/sandbox-bank/health/ready')).status).toBe(404)
    expect((await shopper.send('POST', '/acquiring/webhooks/sandbox-bank', {})).status).toBe(404)
    expect((await shopper.send('POST', '/acquiring/webhooks/stripe', {})).status).toBe(401)
    expect((await shopper.send('GET', '/cart/v1/products')).json.items).toEqual([])
    expect((await shopper.register()).status).toBe(201)
    expect((await shopper.logIn()).accessToken).toBeTypeOf('string')
    expect((await shopper.send('GET', '/sso/debug/info')).status).toBe(403)

    const command = [join(root, 'tools/cli/src/main.ts'), 'user', 'roles', shopper.email, 'admin']
    // beside our connections: while we stand still, we would not see that the edge closes one
    await promisify(execFile)(process.execPath, command, { env: { ...env, SLIPWAY_DATA_DIR: dataDir } })
    await shopper.logIn()
    expect((await shopper.send('GET', '/sso/debug/info')).status).toBe(200)
  } finally {
    expect(await platform.stop()).toBe(0)
    remove()
  }
})

const hasSystemd = (() => {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.log('skipped: systemd-analyze, which judges units, is not installed')
    return false
  }
})()

test.skipIf(!hasSystemd)('systemd takes the unit as it is, and finds it little exposed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unit-'))
  const file = join(folder, 'slipway.service')
  // the program must be there to be judged
  writeFileSync(file, unit.replaceAll('/opt/slipway/current', root.replace(/\/$/, '')))
  const analyze = (...args: string[]) =>
    execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    analyze('verify', '--man=no', file)
    expect(
      Number(/exposure level for .*: ([\d.]+)/.exec(analyze('security', '--offline=yes', file))?.[1]),
    ).toBeLessThan(2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the unit starts what npm start does, with the same options of Node', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const options = /--max-semi-space-size=\d+/.exec(scripts.start)?.[0]
  expect(/^ExecStart=(.*)$/m.exec(unit)?.[1]).toBe(
    `/opt/slipway/current/node_modules/.bin/node ${options} deploy/all-in-one/src/main.ts`,
  )
})
