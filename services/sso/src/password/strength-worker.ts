import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import type { StrengthAnswer, StrengthQuestion } from './strength-estimator.ts'

// the time it takes grows with the cube of the length: what follows the first 64 characters is not looked at
const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
  maxLength: 64,
  l33tMaxSubstitutions: 10,
})

parentPort?.on('message', ({ id, password, about }: StrengthQuestion) => {
  const { score, feedback } = zxcvbn.check(password, [...about])
  parentPort?.postMessage({ id, strength: { score, ...feedback } } satisfies StrengthAnswer)
})
