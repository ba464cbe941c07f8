/** Questions to a worker as signals. In the browser, because Solid's signals do nothing in its server build. */
import { createRoot, createSignal } from 'solid-js'
import { describe, expect, test } from 'vitest'
import { type Answer, createAnswer } from '#ui/state/createAnswer.ts'
import { type Outcome, succeeded } from '#workers/outcome.ts'
import { failed, later } from './scriptedApi.ts'

/** Runs `make` in a root of its own; effects have run when it returns. */
const rooted = <T,>(make: () => T): T => createRoot(make)

describe('an answer', () => {
  test('waits, then is ready', async () => {
    const question = later<number>()
    const answer = rooted(() => createAnswer(() => question.promise))
    expect(answer.now()).toEqual({ state: 'waiting' })
    question.settle(succeeded(7))
    await question.promise
    expect(answer.now()).toEqual({ state: 'ready', value: 7 })
  })

  test('that is failed can be asked again', async () => {
    const outcomes: Outcome<number>[] = [failed('not-found'), succeeded(7)]
    const answer: Answer<number> = rooted(() => createAnswer(async () => outcomes.shift() ?? failed('bug')))
    await expect.poll(() => answer.now().state).toBe('failed')
    answer.again()
    await expect.poll(() => answer.value()).toBe(7)
  })

  test('is a failure when the worker breaks instead of answering', async () => {
    const answer = rooted(() => createAnswer<number>(() => Promise.reject(new Error('worker gone'))))
    await expect.poll(() => answer.now()).toMatchObject({ state: 'failed', failure: { code: 'bug' } })
  })

  test('to an older question that comes late is dropped, and meanwhile the last value stays', async () => {
    const [day, setDay] = createSignal(1)
    const questions = [later<string>(), later<string>(), later<string>()]
    const answer = rooted(() => createAnswer(() => questions[day() - 1]?.promise))
    questions[0]?.settle(succeeded('first'))
    await expect.poll(() => answer.value()).toBe('first')
    setDay(2)
    setDay(3)
    expect(answer.value()).toBe('first')
    questions[2]?.settle(succeeded('third'))
    await expect.poll(() => answer.value()).toBe('third')
    questions[1]?.settle(succeeded('second'))
    await questions[1]?.promise
    expect(answer.value()).toBe('third')
  })

  test('is not slow before a tenth of a second has passed', async () => {
    const answer = rooted(() => createAnswer(() => later<number>().promise))
    expect(answer.slow()).toBe(false)
    await expect.poll(() => answer.slow()).toBe(true)
  })
})
