/** Time in automatic mode and its exits, from logs made by hand. */
import { describe, expect, it } from 'vitest'
import { deviceDayOf, MINUTE_MS } from '#records/time.ts'
import { summariseAlgorithm } from '#stats/algorithmUse.ts'
import { deriveBasal } from '#stats/basal.ts'
import { wall } from '../helpers/glucose.ts'
import { dose, logged, rate } from '../helpers/pumpLog.ts'

const day = deviceDayOf(wall('2024-03-01'))
const alarm = (at: string, name: string) => logged(at, { type: 'alarm', name })
const mode = (at: string, active: boolean, reason?: string) =>
  logged(at, { type: 'autoMode', active, ...(reason === undefined ? {} : { reason }) })
type Log = ReturnType<typeof rate>[]
const use = (records: Log, days: readonly number[] = [day]) => {
  const log = records.toSorted((a, b) => a.deviceTime - b.deviceTime)
  const from = wall('2024-03-01')
  return summariseAlgorithm(deriveBasal(log, from, wall('2024-03-02')), log, days)
}
/** A dose every five minutes from one hour up to, not including, another. */
const doses = (from: number, to: number) =>
  Array.from({ length: (to - from) * 12 }, (_, i) => dose(wall('2024-03-01') + (from * 60 + i * 5) * MINUTE_MS, 0.05))

it('says nothing of a pump without an algorithm', () => {
  expect(use([rate('2024-03-01T00:00', 1)])).toBeUndefined()
})

it('gives the shares of the time that the log spans', () => {
  // 18 hours of doses; then a rate off the half hour, and nobody can say what followed up to the last word at 20:00.
  const found = use([...doses(0, 18), rate('2024-03-01T18:02', 1), rate('2024-03-01T20:00', 1)])
  expect(found?.automatedDays).toBe(1)
  expect(found?.shares?.automatic).toBeCloseTo(18 / 20, 6)
  expect(found?.shares?.manual).toBe(0)
  expect(found?.shares?.unknown).toBeCloseTo(2 / 20, 6)
})

it('gives no shares where the file tells sums of the day only', () => {
  const total = logged('2024-03-01T00:00', { type: 'autoInsulinTotal', units: 12 })
  const found = use([total, rate('2024-03-01T00:00', 1), rate('2024-03-01T12:00', 1)])
  expect(found).toMatchObject({ automatedDays: 1, daysWithoutHours: 1, exits: [] })
  expect(found).not.toHaveProperty('shares')
})

describe('an exit', () => {
  const reasonsOf = (records: Log) => use([...doses(0, 24), ...records])?.exits.map(({ reason }) => reason)

  it('is told by its alarm, and explained by the last alert that nobody answered', () => {
    expect(
      reasonsOf([
        alarm('2024-03-01T01:50', 'LOST SENSOR SIGNAL'),
        alarm('2024-03-01T02:11', 'SENSOR UPDATING ALERT'),
        alarm('2024-03-01T02:41', 'SMARTGUARD EXIT'),
      ]),
    ).toEqual(['sensorUpdating'])
  })

  it('is not the alert of minimum delivery, whose glucose check keeps the loop running', () => {
    expect(
      reasonsOf([
        alarm('2024-03-01T02:36', 'SMARTGUARD MINIMUM DELIVERY TIMEOUT'),
        alarm('2024-03-01T02:36', 'SMARTGUARD BG REQUIRED'),
        logged('2024-03-01T02:39', { type: 'smbg', subType: 'manual', value: 71, units: 'mg/dL' }),
      ]),
    ).toEqual([])
  })

  it('comes of the check that was asked for and never came, up to four hours later', () => {
    const asked = [
      alarm('2024-03-01T02:36', 'SMARTGUARD MINIMUM DELIVERY TIMEOUT'),
      alarm('2024-03-01T02:36', 'SMARTGUARD BG REQUIRED'),
      alarm('2024-03-01T06:00', 'SMARTGUARD EXIT'),
    ]
    const check = logged('2024-03-01T03:00', { type: 'smbg', subType: 'manual', value: 71, units: 'mg/dL' })
    expect(reasonsOf(asked)).toEqual(['minimumDelivery'])
    expect(reasonsOf([...asked, check])).toEqual(['notTold'])
  })

  it('has no reason when the log has none', () => {
    expect(reasonsOf([alarm('2024-03-01T06:00', 'SMARTGUARD EXIT')])).toEqual(['notTold'])
  })

  it('is told by the pump’s own record of the mode, in its words', () => {
    expect(
      reasonsOf([
        mode('2024-03-01T01:00', true, 'after calibration'),
        mode('2024-03-01T04:00', false, 'by the person'),
        mode('2024-03-01T05:30', true),
        mode('2024-03-01T08:00', false, 'glucose high for long'),
        mode('2024-03-01T10:00', true),
        alarm('2024-03-01T11:00', 'Calibrate now'),
        mode('2024-03-01T12:00', false, 'alarm'),
        mode('2024-03-01T14:00', true),
        mode('2024-03-01T20:00', false, 'safe basal timed out'),
      ]),
    ).toEqual(['user', 'highGlucose', 'noCalibration', 'notTold'])
  })

  it('is one, though alarm and record both tell it', () => {
    expect(
      reasonsOf([
        alarm('2024-03-01T04:00', 'Auto mode exit, high glucose'),
        mode('2024-03-01T04:01', false, 'glucose high for long'),
      ]),
    ).toEqual(['highGlucose'])
  })
})
