import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ssoEnvironment } from './environment.ts'

function dataFolder(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'postgres'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('a database that is named goes before everything', () => {
  const given = { DATABASE_URL: 'postgresql://db/sso', SLIPWAY_DATA_DIR: '/nowhere' }

  expect(ssoEnvironment(given)).toBe(given)
})

test('a platform that runs here is found by its data folder', () => {
  const SLIPWAY_DATA_DIR = dataFolder({
    'secrets.json': '{"POSTGRES_PASSWORD":"a/b","SIGNING_KEY_SECRET":"seals"}',
    'postgres/postmaster.pid': '42\n/data\n1790000000\n5544\n',
  })

  expect(ssoEnvironment({ SLIPWAY_DATA_DIR })).toMatchObject({
    DATABASE_URL: 'postgresql://postgres:a%2Fb@127.0.0.1:5544/sso',
    SIGNING_KEY_SECRET: 'seals',
  })
})

test('of a platform that keeps no secrets, as in production, they are given', () => {
  const SLIPWAY_DATA_DIR = dataFolder({ 'postgres/postmaster.pid': '42\n/data\n1790000000\n5544\n' })
  const given = { POSTGRES_PASSWORD: 'a/b', SIGNING_KEY_SECRET: 'seals', PUBLIC_URL: 'https://shop.example' }

  expect(ssoEnvironment({ SLIPWAY_DATA_DIR, ...given })).toMatchObject({
    DATABASE_URL: 'postgresql://postgres:a%2Fb@127.0.0.1:5544/sso',
    SIGNING_KEY_SECRET: 'seals',
    TOKEN_ISSUER: 'https://shop.example/sso',
  })
})

test('where none runs there are no settings', () => {
  expect(ssoEnvironment({ SLIPWAY_DATA_DIR: '/nowhere' })).toBeUndefined()
  expect(ssoEnvironment({ SLIPWAY_DATA_DIR: dataFolder({ 'secrets.json': '{}' }) })).toBeUndefined()
})
