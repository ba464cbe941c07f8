/** Names of saved files. */
import { expect, test } from 'vitest'
import { paperName, tableName } from '#ui/paper/fileName.ts'
import { dayOf } from '../../helpers/reportFixtures.ts'

const madeAt = new Date('2026-03-20T10:00:00Z')
const period = { firstDay: dayOf(2026, 3, 1), lastDay: dayOf(2026, 3, 14) }

test('a file is named after the person, the first day and the number of days', () => {
  const person = { profileName: 'Ada van der Berg', printIdentity: true }
  expect(paperName(person, period, madeAt)).toBe('Berg_2026-03-01_14d.pdf')
})

test('no name stands in it when none is to stand on paper, or when none is known', () => {
  expect(paperName({ profileName: 'Ada Berg', printIdentity: false }, period, madeAt)).toBe('Basalt_2026-03-01_14d.pdf')
  expect(paperName({ profileName: '  ', printIdentity: true }, undefined, madeAt)).toBe('Basalt_2026-03-20.pdf')
})

test('letters of all scripts stay, what file systems refuse does not', () => {
  expect(paperName({ profileName: 'Łukasz Żółć/..\\', printIdentity: true }, period, madeAt)).toBe(
    'Żółć_2026-03-01_14d.pdf',
  )
  expect(tableName('Every day: of the period?')).toBe('Basalt_Every-day-of-the-period.csv')
})
