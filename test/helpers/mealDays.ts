/**
 * Three made-up days with meals, worked out by hand: Friday 1 to Sunday 3 March 2024. The sensor shows 100 mg/dL, and 160
 * from one to three hours after each breakfast; on Sunday it is silent from 07:00 to 11:00.
 */
import { defaultPreferences } from '#records/preferences.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { deviceDayOf, MINUTE_MS } from '#records/time.ts'
import type { ReportInput } from '#reports/models.ts'
import { type Reading, seriesOf, wall } from './glucose.ts'
import { bolus, logged } from './pumpLog.ts'

export const friday = deviceDayOf(wall('2024-03-01'))

/** What the calculator says: carbs by the ratio, and a correction on top. */
const asked = (at: string, carbsGrams: number, carbRatio: number, correction = 0, onBoard = 0) =>
  logged(at, {
    type: 'wizard',
    carbsGrams,
    carbRatio,
    carbRatioUnits: 'g/U',
    glucose: { value: 150, units: 'mg/dL' },
    recommendedCarbUnits: carbsGrams / carbRatio,
    recommendedCorrectionUnits: correction,
    recommendedNetUnits: carbsGrams / carbRatio + correction,
    insulinOnBoardUnits: onBoard,
  })

export const mealRecords = [
  // Friday's breakfast in two entries: 45 and 10 g; the second bolus 0.2 U more than proposed.
  asked('2024-03-01T07:30', 45, 10, 0.5, 0.3),
  bolus('2024-03-01T07:31', 5),
  asked('2024-03-01T07:40', 10, 10),
  bolus('2024-03-01T07:41', 1.2),
  logged('2024-03-01T12:10', { type: 'food', carbsGrams: 40 }),
  // By hand.
  bolus('2024-03-01T16:00', 0.8),
  asked('2024-03-02T07:30', 30, 10),
  bolus('2024-03-02T07:31', 3),
  // Left without a bolus.
  logged('2024-03-02T12:00', { type: 'wizard', carbsGrams: 50, delivered: false }),
  asked('2024-03-03T08:00', 60, 12),
  bolus('2024-03-03T08:01', 5),
  asked('2024-03-03T21:50', 20, 10),
  bolus('2024-03-03T21:51', 2),
].sort((a, b) => a.deviceTime - b.deviceTime)

export function mealSensor(units: 'mg/dL' | 'mmol/L' = 'mg/dL'): GlucoseSeries {
  const readings: Reading[] = []
  for (let day = 0; day < 3; day++) {
    const midnight = wall('2024-03-01') + day * 1440 * MINUTE_MS
    for (let minute = 0; minute < 1440; minute += 5) {
      if (day === 2 && minute >= 420 && minute < 660) continue
      const isAfterBreakfast = day < 2 && minute >= 510 && minute < 630
      const mgdl = isAfterBreakfast ? 160 : 100
      const value = units === 'mg/dL' ? mgdl : mgdl === 160 ? 8.9 : 5.6
      readings.push({ at: midnight + minute * MINUTE_MS, value, units })
    }
  }
  return seriesOf(readings, 'pump:file:x')
}

export const mealInput: ReportInput = {
  period: { firstDay: friday, lastDay: friday + 2 },
  preferences: defaultPreferences,
  glucose: [mealSensor()],
  records: mealRecords,
  basalFrom: friday - 7,
  deviceNames: { pump: 'MiniMed 780G' },
}

/** Finger-sticks only: before and two hours after a breakfast that the meter was told of, and one at night. */
export const meterInput: ReportInput = {
  ...mealInput,
  glucose: [],
  records: [
    logged('2024-03-01T07:20', { type: 'smbg', subType: 'meter', value: 110, units: 'mg/dL', meal: 'before' }),
    logged('2024-03-01T09:20', { type: 'smbg', subType: 'meter', value: 190, units: 'mg/dL', meal: 'after' }),
    logged('2024-03-02T02:00', { type: 'smbg', subType: 'meter', value: 64, units: 'mg/dL' }),
    logged('2024-03-02T13:00', { type: 'smbg', subType: 'meter', value: 130, units: 'mg/dL' }),
  ],
}
