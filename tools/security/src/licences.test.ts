import { expect, test } from 'vitest'
import { judgeLicences, type Rules } from './licences.ts'

/** What spdx-satisfies answers for the expressions used here. */
const satisfies = (expression: string, allowed: string[]) => {
  if (/ and /.test(expression)) throw new Error('no SPDX expression')
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => allowed.includes(one))
}
const none: Rules = { allowed: ['MIT'], exceptions: {} }
const judge = (packages: Parameters<typeof judgeLicences>[0], rules = none) => judgeLicences(packages, rules, satisfies)

test('allowed licences pass, alone or by choice, and our own packages are not asked', () => {
  const packages = {
    '': {},
    'libs/errors': { license: 'UNLICENSED' },
    'node_modules/a': { license: 'MIT' },
    'node_modules/b': { license: '(GPL-3.0 OR MIT)' },
    'node_modules/@slipway/errors': { link: true },
  }
  expect(judge(packages)).toEqual([])
})

test('any other licence is named with its package, as is none and one that cannot be understood', () => {
  const packages = {
    'node_modules/a/node_modules/@x/copyleft': { license: 'AGPL-3.0' },
    'node_modules/nothing': {},
    'node_modules/words': { license: 'MIT and ISC' },
  }
  expect(judge(packages)).toEqual([
    '@x/copyleft: AGPL-3.0 is not among the allowed licences',
    'nothing: none is not among the allowed licences',
    'words: MIT and ISC is not among the allowed licences',
  ])
})

test('an exception holds for its package and licence only, and must be needed', () => {
  const exceptions = {
    'css*': { licence: 'MPL-2.0', because: 'a tool' },
    gone: { licence: 'EPL-2.0', because: 'a tool' },
  }
  const packages = {
    'node_modules/css-linux': { license: 'MPL-2.0' },
    'node_modules/css-windows': { license: 'AGPL-3.0' },
  }
  expect(judge(packages, { allowed: ['MIT'], exceptions })).toEqual([
    'css-windows: AGPL-3.0 is not among the allowed licences',
    'gone: the exception is not needed: remove it',
  ])
})
