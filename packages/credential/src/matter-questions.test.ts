import { expect, test } from 'vitest'
import { askQuestions } from './matter-questions.ts'

const CHOICES = [{ code: 'yes' }, { code: 'no' }]
const QUESTIONS = [
  { code: 'sign', answers: CHOICES },
  { code: 'lit', answers: CHOICES, when: [{ question: 'sign', answers: ['yes'] }] },
  { code: 'power', answers: CHOICES, when: [{ question: 'lit', answers: ['yes'] }] },
  { code: 'constructor', answers: CHOICES, when: [{ question: 'toString', answers: ['yes'] }] },
]

test.for<[string, Record<string, string>, string, Record<string, string>, boolean]>([
  ['nothing', {}, 'sign', {}, false],
  ['no', { sign: 'no' }, 'sign', { sign: 'no' }, true],
  ['yes', { sign: 'yes' }, 'sign lit', { sign: 'yes' }, false],
  [
    'yes to all',
    { sign: 'yes', lit: 'yes', power: 'no' },
    'sign lit power',
    { sign: 'yes', lit: 'yes', power: 'no' },
    true,
  ],
  // What hangs on a dropped answer is dropped with it.
  ['a changed no', { sign: 'no', lit: 'yes', power: 'no' }, 'sign', { sign: 'no' }, true],
  ['none of the choices', { sign: 'perhaps' }, 'sign', {}, false],
  ['what nobody asks', { sign: 'no', pets: 'yes' }, 'sign', { sign: 'no' }, true],
])('%s leaves what applies', ([, given, codes, answers, isDone]) => {
  const asked = askQuestions(QUESTIONS, given)
  expect(asked.questions.map(({ code }) => code).join(' ')).toBe(codes)
  expect(asked).toMatchObject({ answers, isDone })
  expect(Object.keys(asked.answers)).toEqual(Object.keys(answers))
})
