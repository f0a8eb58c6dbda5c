import { expect, test } from 'vitest'
import { assertStrong, factsAbout, longest, shortest, WeakPassword, type Strength } from './password.ts'

const policy = (strength: Partial<Strength> = {}) => ({
  minScore: 3,
  estimate: async () => ({ score: 3, warning: null, suggestions: [], ...strength }),
})

test.each([shortest, longest])('a strong password of %i characters passes', async (length) => {
  await expect(assertStrong('x'.repeat(length), [], policy())).resolves.toBeUndefined()
})

test.each([0, shortest - 1, longest + 1])('one of %i characters does not, and is not looked at', async (length) => {
  const estimate = () => Promise.reject(new Error('asked'))
  await expect(assertStrong('x'.repeat(length), [], { minScore: 0, estimate })).rejects.toThrow(
    new WeakPassword('A password has 8 to 256 characters', '/body/password'),
  )
})

test('characters are counted, not their code units', async () => {
  await expect(assertStrong('😀'.repeat(shortest - 1), [], policy())).rejects.toThrow(WeakPassword)
  await expect(assertStrong('😀'.repeat(longest), [], policy())).resolves.toBeUndefined()
})

test('one that is easy to guess is refused with what the judge says', async () => {
  const judged = policy({ score: 2, warning: 'This is a common word.', suggestions: ['Add words.'] })

  await expect(assertStrong('sunflower', [], judged)).rejects.toMatchObject({
    message: 'This is a common word.',
    extensions: {
      errors: [{ path: '/body/password', message: 'This is a common word.' }],
      suggestions: ['Add words.'],
    },
  })
})

test('address and name are known to a guesser, whole and in parts', () => {
  expect(factsAbout({ email: 'ann.lee+shop@example.com', name: 'Ann Lee' })).toEqual([
    'ann.lee+shop@example.com',
    'ann',
    'lee',
    'shop',
    'example',
    'com',
    'Ann Lee',
    'AnnLee',
    'Ann',
    'Lee',
  ])
  expect(factsAbout({ email: 'a@b.io', name: null })).toEqual(['a@b.io'])
})
