/** Words of meter values beside their marks: none over another mark or other words. */
import { describe, expect, test } from 'vitest'
import { valuePlaces } from '#ui/reports/valueLabels.ts'

const value = (x: number, y: number, text = '115') => ({ x, y, radius: 6, text })

const WIDTH = 400
const placesOf = (...values: ReturnType<typeof value>[]) => valuePlaces(values, WIDTH)

describe('the words of values', () => {
  test('stand to the right of a mark that is alone', () => {
    expect(placesOf(value(100, 100), value(200, 100), value(100, 140))).toEqual(['right', 'right', 'right'])
  })

  test('give way to a value soon after, and stand above one between two others', () => {
    expect(placesOf(value(100, 100), value(115, 100))).toEqual(['left', 'right'])
    expect(placesOf(value(100, 100), value(115, 100), value(130, 100))).toEqual(['left', 'above', 'right'])
  })

  test('keep a space, so that two numbers never read as one', () => {
    // The first one's words end at 131.5; those of the second would begin at 133 when they stood to its left.
    expect(placesOf(value(100, 100), value(164.5, 100), value(176, 100))).toEqual(['right', 'above', 'right'])
  })

  test('stay inside the chart', () => {
    expect(placesOf(value(390, 100))).toEqual(['left'])
    expect(placesOf(value(10, 100), value(25, 100))).toEqual(['above', 'right'])
  })
})
