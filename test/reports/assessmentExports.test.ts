/** Set changes, exits, stops and corrections of real exports, against counts of the bare file's cells. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceDayOf, isoFromDeviceTime, type DeviceTime } from '#records/time.ts'
import type { AssessmentModel } from '#reports/assessmentModel.ts'
import { assessment } from '#reports/assessment.ts'
import { captures } from '../helpers/captures.ts'
import { importCareLink, inputOf } from '../helpers/imported.ts'

const folder = captures('carelink-csv')
const pathOf = (name: string) => join(folder ?? '', name)

async function assessed(name: string, from = '1970-01-01'): Promise<AssessmentModel['now']> {
  const imported = await importCareLink(pathOf(name))
  const days = imported.records
    .filter(({ deviceTime }) => isoFromDeviceTime(deviceTime) >= from)
    .map(({ deviceTime }) => deviceDayOf(deviceTime))
  return assessment(inputOf(imported, Math.min(...days), Math.max(...days))).now
}

/** The cells of one column of a file with semicolons, row by row, by the header that stands above them. */
function cells(name: string, column: RegExp): string[] {
  let at = -1
  return readFileSync(pathOf(name), 'utf8')
    .split(/\r?\n/)
    .flatMap(line => {
      const row = line.split(';').map(cell => cell.replace(/^"|"$/g, ''))
      if (row[0] === 'Index') {
        at = row.findIndex(cell => column.test(cell))
        return []
      }
      const cell = at < 0 ? '' : (row[at] ?? '')
      return cell === '' ? [] : [cell]
    })
}

const times = (exits: readonly { at: number; reason: string }[] = []) =>
  exits.map(({ at, reason }) => `${isoFromDeviceTime(at as DeviceTime)} ${reason}`)

describe.skipIf(!folder)('real exports (need the captures beside the checkout)', () => {
  it('of a 780G with micro-doses', async () => {
    const name = 'v2-mmol-780g-autobasal-2023.csv'
    const now = await assessed(name)
    // Nine rewinds; the one of 12 November was tried again seven minutes later.
    expect(cells(name, /^Rewind$/)).toHaveLength(9)
    expect(now.intervals?.reservoir).toMatchObject({ count: 8, intervals: 7 })
    expect(now.intervals?.set).toMatchObject({ count: 8, intervals: 7 })
    // From 3 October 12:33:43 to 18 November 10:21:55, less the try: seven intervals of 45.9085 days in all.
    expect(now.intervals?.set.meanDays).toBeCloseTo(45.9085 / 7, 3)
    expect(cells(name, /^Alarm$/).filter(cell => cell.startsWith('SMARTGUARD EXIT'))).toHaveLength(2)
    expect(times(now.algorithm?.exits)).toEqual([
      '2023-10-12T02:41:07 sensorUpdating',
      // A new sensor had been connected at 08:26.
      '2023-10-30T10:01:00 warmUp',
    ])
    // The loop was off from 02:42 to 06:51 on 12 October and for 22 minutes on the 22nd; nobody can say what ran.
    expect(now.algorithm?.shares?.automatic).toBeGreaterThan(0.99)
    expect(now.algorithm?.shares?.automatic).toBeLessThan(0.997)
    // Also the one of 12 November 12:29:10, of whose second there is a micro-dose too.
    expect(cells(name, /^Suspend$/).filter(cell => cell === 'NOTSEATED_SUSPEND')).toHaveLength(9)
    expect(now.suspends?.kinds.change.count).toBe(9)
    expect(now.suspends?.kinds.alarm.count).toBe(3)
    expect(now.activeInsulin?.minutes).toBe(180)
  })

  it('of a 640G and a 780G with sums of the day', async () => {
    const name = 'v3-mgdl-640g-780g-2022-trimmed.csv'
    const now = await assessed(name, '2022-03-06')
    expect(now.algorithm).toMatchObject({ automatedDays: 85, daysWithoutHours: 85 })
    expect(now.algorithm).not.toHaveProperty('shares')
    expect(times(now.algorithm?.exits)).toEqual(['2022-05-20T04:47:00 noSensorValues'])
    expect(now).not.toHaveProperty('autoCorrection')
    // Rewinds that follow another within the hour are tries of the same change.
    expect(cells(name, /^Rewind$/)).toHaveLength(37)
    expect(now.intervals?.reservoir.count).toBeGreaterThan(30)
    expect(now.intervals?.set.meanDays).toBeGreaterThan(2)
    expect(now.intervals?.set.meanDays).toBeLessThan(3.5)
    const stops = cells(name, /^Suspend$/).filter(cell => cell === 'PLGM_PREDICTED_LOW_SG').length
    expect(stops).toBe(56)
    expect(now.suspends?.kinds.beforeLow.count).toBeLessThanOrEqual(stops)
    expect(now.suspends?.kinds.beforeLow.count).toBeGreaterThan(50)
  })

  it('of a Revel with cannulas changed between reservoirs', async () => {
    const now = await assessed('raw-us-revel723-2013.csv')
    expect(now.intervals?.reservoir).toMatchObject({ count: 12, intervals: 11 })
    expect(now.intervals?.set.count).toBe(20)
    expect(now.activeInsulin?.minutes).toBe(180)
    expect(now).not.toHaveProperty('algorithm')
    expect(now).not.toHaveProperty('calibrationsPerDay')
  })
})
