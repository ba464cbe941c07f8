import { describe, expect, it } from 'vitest'
import { answersTo, isAnswer } from '#devices/answers.ts'
import type { Question } from '#devices/driver.ts'
import { codeOf } from './reading.ts'

const serial: Question = {
  id: 'serial',
  label: 'Serial number',
  hint: 'On the back.',
  pattern: /\d{6}/,
  problem: 'Six digits.',
}
const country: Question = { ...serial, id: 'country', pattern: /us|world/gi }

describe('an answer', () => {
  it.each([
    ['123456', true],
    [' 123456 ', true],
    ['12345', false],
    ['1234567', false],
    ['x123456', false],
    ['123456\n654321', false],
    ['', false],
  ])('%j to the question for six digits: %j', (text, expected) => {
    expect(isAnswer(serial, text)).toBe(expected)
  })

  it('is judged the same every time, whatever flags the pattern has', () => {
    expect([1, 2, 3].map(() => isAnswer(country, 'World'))).toEqual([true, true, true])
    expect(isAnswer(country, 'us or world')).toBe(false)
  })

  it('of any length is never too much for a pattern', () => {
    expect(isAnswer({ pattern: /(a+)+b/ }, 'a'.repeat(100_000))).toBe(false)
  })
})

describe('the answers for a driver', () => {
  it('are those to the model’s questions, without blanks around, and nothing else', () => {
    const given = { serial: ' 123456', country: 'us', more: 'x', __proto__: { serial: '1' } }
    expect(answersTo({ questions: [serial, country] }, given)).toEqual({ serial: '123456', country: 'us' })
    expect(answersTo({}, given)).toEqual({})
    expect(answersTo({}, undefined)).toEqual({})
  })

  it.each([
    ['nothing', undefined],
    ['no answer', {}],
    ['a wrong one', { serial: '12' }],
    ['a number', { serial: 123456 }],
    ['an inherited one', Object.create({ serial: '123456' })],
    ['a text', 'serial'],
  ])('are refused when there is %s', (_, given: unknown) => {
    let code = 'accepted'
    try {
      answersTo({ questions: [serial] }, given)
    } catch (error) {
      code = codeOf(error)
    }
    expect(code).toBe('bug')
  })
})
