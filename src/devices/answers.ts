/**
 * Whether what a person typed answers a model's question. Asked by the window while the person types, and once more by
 * whoever hands the answers to a driver.
 */
import type { Model, Question } from './driver.ts'
import { DeviceError } from './errors.ts'

/** No answer is longer; keeps what was never typed from reaching a pattern. */
const MAX_LENGTH = 100

/** True when the whole text, without blanks around, is an answer. */
export function isAnswer({ pattern }: Pick<Question, 'pattern'>, text: string): boolean {
  // Without the flags that make a pattern remember where it stopped.
  const whole = new RegExp(`^(?:${pattern.source})$`, pattern.flags.replaceAll(/[gy]/g, ''))
  const answer = text.trim()
  return answer.length <= MAX_LENGTH && whole.test(answer)
}

/**
 * The answers to the model's questions and nothing else, whatever was given. Throws DeviceError `bug` when one is
 * missing or does not match: it should have been asked for before.
 */
export function answersTo({ questions = [] }: Pick<Model, 'questions'>, given: unknown): Record<string, string> {
  const texts: ReadonlyMap<string, unknown> = new Map(given instanceof Object ? Object.entries(given) : [])
  return Object.fromEntries(
    questions.map(question => {
      const text = texts.get(question.id)
      if (typeof text !== 'string' || !isAnswer(question, text)) {
        throw new DeviceError('bug', { step: 'checking what you typed', detail: `no answer to ${question.id}` })
      }
      return [question.id, text.trim()]
    }),
  )
}
