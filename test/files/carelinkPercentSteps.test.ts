/** How a pump rounds a temporary rate in percent, known by its name in the file. */
import { expect, it } from 'vitest'
import { percentStepsOf } from '#files/carelink-csv/percentSteps.ts'

it.each([
  ['Paradigm Revel - 723', 'fine'],
  ['Paradigm Veo - 754', 'fine'],
  ['MiniMed 530G 551', 'fine'],
  ['Paradigm 522', 'coarse'],
  ['Paradigm 715', 'coarse'],
  ['MiniMed 640G MMT-1712', undefined],
  ['MiniMed 780G MMT-1886', undefined],
  // Numbers of pumps that nobody knows.
  ['Paradigm 999', undefined],
  ['', undefined],
])('of a pump called %j: %s', (model, steps) => {
  expect(percentStepsOf(model)).toBe(steps)
})
