/** The rows about insulin, pump and food in the table of both periods. Source: reports sheet §1.2 (1), metrics sheet §10. */
import { roundHalfEven } from '#records/units.ts'
import { type AssessmentSide, type CarbsPerDay, type ChangeSummary, suspendKinds } from '#reports/assessmentModel.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { hoursText, rounded } from '../amounts.ts'
import { type Behind, behind, behindBoluses } from '../behind.ts'
import { bolusWords } from '../bolusWords.ts'
import { cellsOf, isHalf, type Row, type RowsOfGroup } from './cells.ts'

const t = assessmentTexts.table
const MINUTES_PER_DAY = 1440
/** A share of which less is left does not show. */
const HARDLY_ANY = 0.005

export function pumpGroups(format: Format): readonly RowsOfGroup[] {
  const { rows } = t
  const { amount, percent, points } = cellsOf(format)
  const onDaysWith = (days: number | undefined, percent: number | undefined) =>
    [onDays(days), shareNote(percent, format)].filter(Boolean).join('; ')
  const onDays = (days: number | undefined) => (days === undefined ? undefined : t.onDays(days))
  const intervalRow = (name: string, from: Behind, of: (side: AssessmentSide) => ChangeSummary | undefined): Row => ({
    name,
    behind: from,
    places: 1,
    cell: side => {
      const change = of(side)
      if (!change || change.count === 0) return undefined
      if (change.meanDays === undefined) return { text: t.notEnough, note: t.intervals(0) }
      return amount(change.meanDays, 1, '', t.intervals(change.intervals))
    },
  })
  const modeRow = (name: string, of: 'automatic' | 'manual' | 'unknown'): Row => ({
    name,
    behind: behind.modes,
    places: 0,
    difference: points(0),
    cell: ({ algorithm }) => {
      const share = algorithm?.shares?.[of]
      if (share === undefined) {
        return of === 'automatic' && algorithm && algorithm.automatedDays > 0
          ? { text: reportTexts.notKnown, note: t.sumDays(algorithm.daysWithoutHours, algorithm.automatedDays) }
          : undefined
      }
      if (of === 'unknown' && share < HARDLY_ANY) return undefined
      return percent(share * 100, t.perDay(hoursText(share * MINUTES_PER_DAY)))
    },
  })
  const carbsRow = (
    name: string,
    places: number,
    unit: string,
    of: (carbs: AssessmentSide['carbs']) => CarbsPerDay | undefined,
  ): Row => ({
    name,
    isEnough: side => isHalf(of(side.carbs)?.days, side),
    behind: unit === 'g' ? behind.carbsGrams : behind.carbsExchanges,
    places,
    unit,
    cell: side => {
      const carbs = of(side.carbs)
      if (!carbs) return undefined
      const sd = carbs.sd === undefined ? '' : ` ± ${rounded(carbs.sd, places, format)}`
      return {
        text: `${rounded(carbs.perDay, places, format)}${sd} ${unit}`,
        note: t.onDays(carbs.days),
        shown: roundHalfEven(carbs.perDay, places),
      }
    },
  })
  /** A count of the period, with what it is of. */
  const countRow = (
    name: string,
    from: Behind,
    of: (side: AssessmentSide) => readonly [number, string] | undefined,
  ): Row => ({
    name,
    behind: from,
    places: 0,
    isCount: true,
    onlyIfAny: true,
    cell: side => {
      const [count, note] = of(side) ?? []
      return count === undefined ? undefined : amount(count, 0, '', count > 0 ? note : undefined)
    },
  })
  const words = bolusWords(format)
  return [
    {
      name: t.groups.insulin,
      rows: [
        {
          name: rows.total,
          isEnough: side => isHalf(side.insulin?.daysWithTotal, side),
          behind: behind.insulin,
          places: 1,
          unit: 'U',
          cell: ({ insulin }) => amount(insulin?.totalPerDay, 1, 'U', onDays(insulin?.daysWithTotal)),
        },
        {
          name: rows.bolus,
          isEnough: side => isHalf(side.insulin?.daysWithInsulin, side),
          behind: behind.bolusUnits,
          places: 1,
          unit: 'U',
          cell: ({ insulin }) =>
            insulin && insulin.daysWithInsulin > 0
              ? amount(insulin.bolusPerDay, 1, 'U', onDaysWith(insulin.daysWithInsulin, insulin.bolusPercent))
              : undefined,
        },
        {
          name: rows.boluses,
          isEnough: side => isHalf(side.insulin?.daysWithInsulin, side),
          behind: behind.boluses,
          places: 1,
          cell: ({ insulin }) =>
            insulin && insulin.daysWithInsulin > 0 ? amount(insulin.bolusesPerDay, 1) : undefined,
        },
        countRow(rows.overridden, behindBoluses('overridden'), ({ boluses: use }) =>
          use && use.compared > 0 ? [use.kinds.overridden, words.changed(use.meanAboveUnits, use.compared)] : undefined,
        ),
        countRow(rows.underridden, behindBoluses('underridden'), ({ boluses: use }) =>
          use && use.compared > 0
            ? [use.kinds.underridden, words.changed(use.meanBelowUnits, use.compared)]
            : undefined,
        ),
        countRow(rows.interrupted, behindBoluses('interrupted'), ({ boluses: use }) =>
          use && use.watched > 0 ? [use.kinds.interrupted, words.watched(use.watched)] : undefined,
        ),
        countRow(
          rows.tempBasals,
          behind.tempBasals,
          ({ tempBasals }) => tempBasals && [tempBasals.count, words.temps(tempBasals)],
        ),
        {
          name: rows.autoCorrection,
          behind: behind.automaticBoluses,
          places: 1,
          unit: 'U',
          cell: ({ autoCorrection }) =>
            autoCorrection &&
            amount(
              autoCorrection.unitsPerDay,
              1,
              'U',
              t.of(format.percent(roundHalfEven(autoCorrection.percentOfBolus)), 'bolus'),
            ),
        },
        {
          name: rows.basal,
          isEnough: side => isHalf(side.insulin?.daysWithBasal, side),
          behind: behind.basal,
          places: 1,
          unit: 'U',
          cell: ({ insulin }) =>
            amount(insulin?.basalPerDay, 1, 'U', onDaysWith(insulin?.daysWithBasal, insulin?.basalPercent)),
        },
        {
          name: rows.autoBasal,
          behind: behind.basal,
          places: 1,
          unit: 'U',
          cell: ({ autoBasalPerDay }) => amount(autoBasalPerDay, 1, 'U'),
        },
        {
          name: rows.algorithm,
          behind: behind.algorithmUnits,
          places: 1,
          unit: 'U',
          cell: ({ insulin, algorithm }) =>
            algorithm && algorithm.daysWithoutHours > 0
              ? amount(insulin?.autoPerDay, 1, 'U', t.sumDays(algorithm.daysWithoutHours, algorithm.automatedDays))
              : undefined,
        },
      ],
    },
    {
      name: t.groups.automatic,
      rows: [
        modeRow(rows.automatic, 'automatic'),
        modeRow(rows.manual, 'manual'),
        modeRow(rows.unknown, 'unknown'),
        {
          name: rows.exits,
          behind: behind.exits,
          places: 0,
          isCount: true,
          cell: ({ algorithm }) => algorithm && amount(algorithm.exits.length, 0),
        },
      ],
    },
    {
      name: t.groups.pump,
      rows: [
        intervalRow(rows.set, behind.changes, side => side.intervals?.set),
        intervalRow(rows.reservoir, behind.changes, side => side.intervals?.reservoir),
        intervalRow(rows.sensor, behind.sensorStates, side => side.intervals?.sensor),
        intervalRow(rows.battery, behind.sensorStates, side => side.intervals?.battery),
        ...suspendKinds.map(
          (kind): Row => ({
            name: rows.suspends[kind],
            behind: behind.suspends,
            places: 0,
            difference: hoursText,
            onlyIfAny: true,
            cell: ({ suspends }) => {
              if (!suspends || suspends.days === 0) return undefined
              const { count, minutes } = suspends.kinds[kind]
              const note = count === 0 ? undefined : t.times(rounded(count / suspends.days, 1, format))
              const perDay = roundHalfEven(minutes / suspends.days)
              return { text: hoursText(perDay), shown: perDay, ...(note === undefined ? {} : { note }) }
            },
          }),
        ),
        {
          name: rows.active,
          behind: behind.settings,
          places: 1,
          unit: 'h',
          cell: ({ activeInsulin }) =>
            activeInsulin && {
              text: hoursText(activeInsulin.minutes),
              note: t.toldAt(format.deviceTime(activeInsulin.toldAt)),
              shown: activeInsulin.minutes / 60,
            },
        },
      ],
    },
    {
      name: t.groups.food,
      rows: [
        { name: rows.meals, behind: behind.carbs, places: 1, cell: ({ carbs }) => amount(carbs?.mealsPerDay, 1) },
        carbsRow(rows.carbs, 0, 'g', carbs => carbs?.grams),
        carbsRow(rows.exchanges, 1, reportTexts.figures.exchanges, carbs => carbs?.exchanges),
      ],
    },
  ]
}

const shareNote = (percent: number | undefined, format: Format): string | undefined =>
  percent === undefined ? undefined : t.of(format.percent(percent), 'total')
