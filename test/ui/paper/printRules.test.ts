/** Which style rules hold on paper. */
import { expect, test } from 'vitest'
import { conditionOnPaper } from '#ui/paper/printRules.ts'

test.each([
  ['print', 'all'],
  ['screen', 'not all'],
  ['screen and (prefers-color-scheme: dark)', 'not all'],
  ['print and (min-width: 10px)', 'all and (min-width: 10px)'],
  ['only screen', 'not all'],
  ['not print', 'not all'],
  ['not screen', 'all'],
  ['(prefers-color-scheme: dark)', 'not all'],
  ['(max-width: 40rem)', '(max-width: 40rem)'],
  ['screen, print', 'not all,all'],
])('%s becomes %s', (condition, onPaper) => {
  expect(conditionOnPaper(condition)).toBe(onPaper)
})
