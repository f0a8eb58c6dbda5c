import { expect, test } from 'vitest'
import { withoutImports, withoutNames, withoutUnused } from './without-names.ts'

test('imports go by their module and say what they brought', () => {
  const text = `import { A, type B } from './a.ts'\nimport { C } from './c.ts'\n`
  expect(withoutImports(text, (module) => module === './a.ts')).toEqual({
    text: `import { C } from './c.ts'\n`,
    names: ['A', 'B'],
  })
})

test.each([
  ['a statement', 'one(x)\nx.register(gone, { deps })\ntwo(x)', 'one(x)\ntwo(x)'],
  [
    'an element',
    'const jobs = () => [new Kept(), new gone(deps), new Kept()]',
    'const jobs = () => [new Kept(), new Kept()]',
  ],
  ['a property', 'const a = { kept: 1, b: gone }', 'const a = { kept: 1, }'],
  [
    'a variable, and what used it',
    'const it = new gone()\nconst a = { it, kept }\nall([it.close(), kept.close()])',
    'const a = { kept }\nall([ kept.close()])',
  ],
  [
    'what is told of a route',
    `told({ 'GET /a': async () => ({ x: gone }), 'GET /b': yes })`,
    `told({ 'GET /b': yes })`,
  ],
  ['another thing’s property', 'a.gone()', 'a.gone()'],
])('%s that uses a name is cut out', (_, before, after) => {
  expect(withoutNames(before, ['gone'])).toEqual({ text: after, left: [] })
})

test('what stands above an import, and marks of a region, stay', () => {
  const text = `// #region a\nimport { A } from './a.ts'\nimport { B } from './b.ts'\n// #endregion\nuse(A)\n`
  const { text: rest, names } = withoutImports(text, (module) => module === './a.ts')
  expect(withoutNames(rest, names).text).toBe(`// #region a\nimport { B } from './b.ts'\n// #endregion\n`)
})

test('imports and constants that nothing uses go', () => {
  expect(withoutUnused(`import { A } from './a.ts'\nconst a: A = 1\nexport const b = 2\n`)).toBe(`export const b = 2\n`)
  const text = `import { a, b } from './a.ts'\nimport type { C } from './c.ts'\nuse(a)\n`
  expect(withoutUnused(text)).toBe(`import { a,} from './a.ts'\nuse(a)\n`.replace('a,}', 'a, }'))
})

test('a string may be such a name', () => {
  expect(withoutNames(`told({ notOwned: ['PUT /a', 'PUT /b'] })`, ['PUT /a']).text).toBe(
    `told({ notOwned: [ 'PUT /b'] })`,
  )
})

test('what a function does with a name is left to people', () => {
  expect(withoutNames('const f = () => { return gone.x }\nfunction g() { if (gone) h() }', ['gone']).left).toEqual([
    'gone',
  ])
})
