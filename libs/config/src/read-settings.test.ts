import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { InvalidSettings } from './invalid-settings.ts'
import { readSettings, withoutEmpty } from './read-settings.ts'
import { maskSecrets, Secret } from './secret.ts'

const schema = Type.Object({
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 3000 }),
  TRUST_PROXY: Type.Boolean({ default: false }),
  ROLE: Type.Enum(['all', 'api'], { default: 'all' }),
  SSO_URL: Type.String({ format: 'uri' }),
  DATABASE_URL: Secret(),
  SENTRY_DSN: Type.Optional(Secret()),
})
const good = { SSO_URL: 'http://sso', DATABASE_URL: 'postgresql://u:p@h/d' }

test('values are converted, defaults filled in, unknown variables left out', () => {
  expect(readSettings(schema, { ...good, PORT: '80', TRUST_PROXY: 'true', HOME: '/root' })).toEqual({
    PORT: 80,
    TRUST_PROXY: true,
    ROLE: 'all',
    ...good,
  })
})

test('every wrong variable is named at once, its value is not', () => {
  const read = () => readSettings(schema, { PORT: '99999', ROLE: 'boss', SSO_URL: 'not a url', TRUST_PROXY: 'maybe' })
  expect(read).toThrow(InvalidSettings)
  try {
    read()
  } catch (error) {
    const { wrong, message } = error as InvalidSettings
    expect(wrong.map(({ variable }) => variable).sort()).toEqual([
      'DATABASE_URL',
      'PORT',
      'ROLE',
      'SSO_URL',
      'TRUST_PROXY',
    ])
    expect(message).toContain('ROLE must be one of all, api')
    expect(message).not.toMatch(/99999|boss|not a url|maybe/)
  }
})

test('an empty variable counts as absent', () => {
  expect(() => readSettings(schema, { ...good, DATABASE_URL: '' })).toThrow(/DATABASE_URL is required/)
  expect(withoutEmpty({ DATABASE_URL: '', PORT: '0', HOST: undefined })).toEqual({ PORT: '0' })
})

test('X_FILE gives the value of X', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'secret')
  writeFileSync(file, 'postgresql://from-file\n')
  const settings = readSettings(schema, { SSO_URL: 'http://sso', DATABASE_URL_FILE: file })
  expect(settings.DATABASE_URL).toBe('postgresql://from-file')
  expect(() => readSettings(schema, { SSO_URL: 'http://sso', DATABASE_URL_FILE: `${file}.none` })).toThrow(
    /DATABASE_URL_FILE cannot be read \(ENOENT\)/,
  )
})

test('secrets are masked when printed', () => {
  const settings = readSettings(schema, good)
  expect(maskSecrets(schema, settings)).toEqual({
    PORT: 3000,
    TRUST_PROXY: false,
    ROLE: 'all',
    SSO_URL: 'http://sso',
    DATABASE_URL: '***',
  })
})
