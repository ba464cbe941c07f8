/** The rows about sensor and meter in the table of both periods. Source: reports sheet §1.2 (1), metrics sheet §1.3. */
import type { Preferences } from '#records/preferences.ts'
import { LEAST_METER_VALUES } from '#reports/assessmentModel.ts'
import { mmolFromMgdl, roundHalfEven } from '#records/units.ts'
import type { Sufficient } from '#reports/models.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { hoursText, rounded, tightLimitsText, wholePercent } from '../amounts.ts'
import { behind } from '../behind.ts'
import { cellsOf, type RowsOfGroup } from './cells.ts'

const t = assessmentTexts.table
const MINUTES_PER_DAY = 1440
const HOURS_PER_WEEK = 168

export function glucoseGroups(format: Format, preferences: Preferences): readonly RowsOfGroup[] {
  const { rows } = t
  const { amount, percent, shares, sufficient, points } = cellsOf(format)
  const isMmol = preferences.glucoseUnits === 'mmol/L'
  const glucosePlaces = isMmol ? 1 : 0
  const glucoseUnit = format.glucoseUnit()
  const mmolPerMol = (gmi: Sufficient | undefined) =>
    gmi && 'value' in gmi ? reportTexts.figures.mmolPerMol(rounded(gmi.value, 0, format)) : undefined
  const shownGlucose = (mgdl: number) => roundHalfEven(isMmol ? mmolFromMgdl(mgdl) : mgdl, glucosePlaces)
  return [
    {
      name: t.groups.sensor,
      ofGlucose: true,
      rows: [
        {
          name: rows.wear,
          behind: behind.sensor,
          places: 0,
          difference: points(0),
          cell: ({ sensor, sensorWear }) => (sensor ? percent(sensorWear * 100, weekText(sensorWear)) : undefined),
        },
        {
          name: rows.mean,
          behind: behind.sensor,
          places: glucosePlaces,
          unit: glucoseUnit,
          cell: ({ sensor }) =>
            sensor && {
              text: `${format.glucose(sensor.meanMgdl)}${'value' in sensor.sdMgdl ? ` ± ${format.glucose(sensor.sdMgdl.value)}` : ''} ${glucoseUnit}`,
              note: t.values(sensor.count),
              shown: shownGlucose(sensor.meanMgdl),
            },
        },
        {
          name: rows.gmi,
          behind: behind.sensor,
          places: 1,
          difference: points(1),
          cell: ({ sensor }) => sufficient(sensor?.gmiPercent, 1, mmolPerMol(sensor?.gmiMmolPerMol)),
        },
        {
          name: rows.cv,
          behind: behind.sensor,
          places: 0,
          difference: points(0),
          cell: ({ sensor }) => sufficient(sensor?.cvPercent, 0),
        },
        {
          name: rows.target,
          behind: behind.target,
          places: 0,
          difference: points(0),
          cell: ({ sensor }) =>
            sensor && shares(sensor.ranges, ['target'], timeText(sensor.ranges.target.minutesPerDay)),
        },
        {
          name: rows.tight(tightLimitsText(preferences.glucoseUnits)),
          behind: behind.sensor,
          places: 0,
          difference: points(0),
          cell: ({ sensor }) =>
            sensor && percent(wholePercent(sensor.tightFraction), timeText(sensor.tightFraction * MINUTES_PER_DAY)),
        },
        {
          name: rows.below,
          behind: behind.below,
          places: 0,
          difference: points(0),
          cell: ({ sensor }) =>
            sensor &&
            shares(
              sensor.ranges,
              ['low', 'veryLow'],
              timeText(sensor.ranges.low.minutesPerDay + sensor.ranges.veryLow.minutesPerDay),
            ),
        },
        {
          name: rows.above,
          behind: behind.above,
          places: 0,
          difference: points(0),
          cell: ({ sensor }) =>
            sensor &&
            shares(
              sensor.ranges,
              ['high', 'veryHigh'],
              timeText(sensor.ranges.high.minutesPerDay + sensor.ranges.veryHigh.minutesPerDay),
            ),
        },
        {
          name: rows.gri,
          behind: behind.sensor,
          places: 0,
          cell: ({ risk }) => risk && amount(risk.gri, 0, '', t.zone(risk.zone)),
        },
        {
          name: rows.lowAlerts,
          behind: behind.lowAlerts,
          places: 1,
          cell: ({ alerts, sensor }) =>
            sensor ? amount(alerts?.lowPerDay, 1, '', t.onDays(sensor.daysWithData)) : undefined,
        },
        {
          name: rows.highAlerts,
          behind: behind.highAlerts,
          places: 1,
          cell: ({ alerts, sensor }) =>
            sensor ? amount(alerts?.highPerDay, 1, '', t.onDays(sensor.daysWithData)) : undefined,
        },
      ],
    },
    {
      name: t.groups.meter,
      ofGlucose: true,
      rows: [
        {
          name: rows.meterMean,
          isEnough: ({ meter }) => (meter?.count ?? 0) >= LEAST_METER_VALUES,
          behind: behind.meter,
          places: glucosePlaces,
          unit: glucoseUnit,
          cell: ({ meter }) =>
            meter && {
              text: `${format.glucose(meter.meanMgdl)} ${glucoseUnit}`,
              note: t.values(meter.count),
              shown: shownGlucose(meter.meanMgdl),
            },
        },
        {
          name: rows.meterCount,
          behind: behind.meter,
          places: 1,
          cell: ({ meter }) => meter && amount(meter.valuesPerDay, 1, '', t.onDays(meter.daysWithData)),
        },
        {
          name: rows.calibrations,
          behind: behind.calibrations,
          places: 1,
          onlyIfAny: true,
          cell: ({ calibrationsPerDay, sensor }) =>
            amount(calibrationsPerDay, 1, '', sensor && t.onDays(sensor.daysWithData)),
        },
      ],
    },
  ]
}

const timeText = (minutes: number): string => t.perDay(hoursText(minutes))

/** "6 d 12 h a week". */
function weekText(share: number): string {
  const hours = Math.round(share * HOURS_PER_WEEK)
  return t.perWeek(Math.floor(hours / 24), hours % 24)
}
