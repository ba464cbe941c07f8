/** The sample data: as many records behind each number of the reports as the report says that it counted. */
import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { KIND_OF_TYPE } from '#records/records.ts'
import { mgdlFrom } from '#records/units.ts'
import type { EvidenceChoice } from '#reports/evidence.ts'
import { noFilter, type ReportFilter } from '#reports/filter.ts'
import { type Period, rangeNames } from '#reports/models.ts'
import type { MealPanel, NightPanel, Panel } from '#reports/panelsModel.ts'
import { behind, ofSlot } from '#ui/reports/behind.ts'
import { amountQuery, valuesQuery } from '#ui/reports/panels/panelQueries.ts'
import { trendEvidence } from '#ui/reports/trends/trendsEvidence.ts'
import { type App, createApp, TODAY, valueOf } from './fixtures.ts'

const period: Period = { firstDay: TODAY - 28, lastDay: TODAY - 1 }
/** Wednesdays and two days of illness. */
const filter: ReportFilter = { ...noFilter, weekdaysOff: [3], daysOff: [TODAY - 9, TODAY - 10] }

let app: App
beforeAll(async () => {
  app = createApp()
  valueOf(await app.data.importSample())
})

const filters: readonly (readonly [string, ReportFilter | undefined])[] = [
  ['all days', undefined],
  ['some days left out', filter],
]

describe.each(filters)('with %s', (_, chosen) => {
  const only = chosen ? { filter: chosen } : {}
  const askFor = async (choice: EvidenceChoice, limit = 0) =>
    valueOf(await app.data.evidence({ ...choice, ...only, period, offset: 0, limit }))
  const totalOf = async (choice: EvidenceChoice) => (await askFor(choice)).total

  const panels = async (): Promise<readonly (NightPanel | MealPanel)[]> => {
    const { nights, meals } = valueOf(await app.data.report('sensorMeter', { period, ...only }))
    const { groups } = valueOf(await app.data.report('meals', { period, ...only }))
    return [...nights, ...meals, ...groups]
  }

  it('the panels of nights and meals have their values behind them', async () => {
    const all = await panels()
    expect(all.length).toBe(9)
    expect(all.filter(({ values }) => values > 100).length).toBeGreaterThanOrEqual(8)
    for (const panel of all) {
      expect(panel.behind.shown.count).toBe(panel.values)
      for (const of of ['before', 'after', 'change', 'shown'] as const) {
        expect(await totalOf(valuesQuery(panel, of))).toBe(panel.behind[of].count)
      }
      for (const range of rangeNames) {
        expect(await totalOf({ ...valuesQuery(panel, 'shown'), range })).toBe(panel.ranges?.[range].count ?? 0)
      }
    }
  }, 30_000)

  /** Mean of the windows' own means, from the records that the evidence shows. */
  const meanFrom = async (panel: Panel, of: 'before' | 'after') => {
    const { rows } = await askFor(valuesQuery(panel, of), 1_000)
    expect(rows).toHaveLength(panel.behind[of].count)
    const values = rows.map(({ deviceTime, fields }) => ({
      at: deviceTime as number,
      mgdl: mgdlFrom(fields['value'] as number, fields['units'] as 'mg/dL' | 'mmol/L'),
    }))
    const means = panel.behind[of].within.map(({ from, to }) => {
      const inWindow = values.filter(({ at }) => at >= from && at < to).map(({ mgdl }) => mgdl)
      return inWindow.reduce((sum, value) => sum + value, 0) / inWindow.length
    })
    return means.reduce((sum, mean) => sum + mean, 0) / means.length
  }

  it('the means of a panel can be reckoned again from what is shown', async () => {
    for (const panel of await panels()) {
      if (panel.meanBefore.mean === undefined || panel.meanAfter.mean === undefined) continue
      if (panel.behind.after.count > 1_000 || panel.behind.before.count > 1_000) continue
      expect(panel.behind.before.within).toHaveLength(panel.meanBefore.events)
      expect(await meanFrom(panel, 'before')).toBeCloseTo(panel.meanBefore.mean, 6)
      expect(panel.behind.after.within).toHaveLength(panel.meanAfter.events)
      expect(await meanFrom(panel, 'after')).toBeCloseTo(panel.meanAfter.mean, 6)
    }
  }, 30_000)

  it('the amounts of a meal panel can be added up again', async () => {
    const { groups } = valueOf(await app.data.report('meals', { period, ...only }))
    const fields = {
      carbsGrams: 'carbsGrams',
      foodUnits: 'recommendedCarbUnits',
      correctionUnits: 'recommendedCorrectionUnits',
      deliveredUnits: 'normalUnits',
    } as const
    for (const group of groups) {
      for (const amount of ['carbsGrams', 'foodUnits', 'correctionUnits', 'deliveredUnits'] as const) {
        const { total, rows } = await askFor(amountQuery(group, amount), 1_000)
        expect(total).toBe(group.amountsBehind[amount].length)
        const sum = rows.reduce(
          (units, row) => units + Number(row.fields[fields[amount]] ?? 0) + Number(row.fields['extendedUnits'] ?? 0),
          0,
        )
        expect(sum).toBeCloseTo((group[amount].mean ?? 0) * group[amount].events, 3)
      }
    }
  })

  it('the sums of the trends are sums of what is shown', async () => {
    const model = valueOf(await app.data.report('trends', { period, ...only }))
    for (const name of [
      'readings',
      'meterReadings',
      'boluses',
      'rewinds',
      'tubingFills',
      'cannulaFills',
      'alarms',
    ] as const) {
      expect([name, await totalOf(trendEvidence(model, name))]).toEqual([name, model.sums[name]])
    }
    const boluses = await askFor(trendEvidence(model, 'bolus'), 1_000)
    expect(boluses.total).toBeLessThanOrEqual(1_000)
    const units = boluses.rows.reduce(
      (sum, { fields }) => sum + Number(fields['normalUnits'] ?? 0) + Number(fields['extendedUnits'] ?? 0),
      0,
    )
    expect(units).toBeCloseTo(model.sums.bolus, 6)
    const carbs = await askFor(trendEvidence(model, 'carbs'), 1_000)
    expect(carbs.rows.reduce((sum, { fields }) => sum + Number(fields['carbsGrams']), 0)).toBeCloseTo(
      model.sums.carbs,
      6,
    )
  })

  it('what is stored of each device and kind is shown with its copies', async () => {
    const { stored } = valueOf(await app.data.report('quality', { period, ...only }))
    expect(stored.length).toBeGreaterThan(5)
    for (const { type, deviceKey, stored: count, leftOut } of stored) {
      const choice = { kinds: [KIND_OF_TYPE[type]], types: [type], deviceKey }
      expect([type, await totalOf({ ...choice, copies: 'also' })]).toEqual([type, count])
      expect([type, await totalOf({ ...choice, copies: 'only' })]).toEqual([type, leftOut])
    }
  })

  it('the values of an hour or half an hour of the day are those of all days', async () => {
    const agp = valueOf(await app.data.report('agp', { period, ...only }))
    const { profile } = valueOf(await app.data.report('sensorMeter', { period, ...only }))
    const standard = valueOf(await app.data.report('standardDay', { period, ...only }))
    for (const shown of [agp.profiles.sensor, profile]) {
      if (!shown) throw new Error('a profile')
      for (const [slot, count] of shown.count.entries()) {
        expect([slot, await totalOf(ofSlot(period, slot, shown.slotMinutes))]).toEqual([slot, count])
      }
    }
    for (const of of ['sensor', 'meter'] as const) {
      for (const [hour, shown] of (standard[of]?.hours ?? []).entries()) {
        expect([hour, await totalOf(ofSlot(period, hour, 60, behind[of]))]).toEqual([hour, shown?.count ?? 0])
      }
    }
  }, 30_000)

  it('the sums of device use are as many as the entries shown', async () => {
    const { days } = valueOf(await app.data.report('deviceUse', { period, ...only }))
    const counted = [
      ['meterValues', behind.meter],
      ['calibrations', behind.calibrations],
      ['boluses', behind.boluses],
      ['automaticBoluses', behind.automaticBoluses],
      ['rewinds', behind.rewinds],
      ['tubingFills', behind.tubingFills],
      ['cannulaFills', behind.cannulaFills],
      ['alarms', behind.alarms],
    ] as const
    for (const [name, choice] of counted) {
      const sum = days.reduce((all, day) => all + day[name], 0)
      expect([name, await totalOf(choice)]).toEqual([name, sum])
    }
    const fills = await askFor(behind.fills, 1_000)
    const units = fills.rows.reduce((sum, { fields }) => sum + Number(fields['volumeUnits']), 0)
    expect(units).toBeCloseTo(
      days.reduce((sum, day) => sum + day.fillUnits, 0),
      6,
    )
  })

  it('alerts of low and of high glucose are those that were counted', async () => {
    const { alerts } = valueOf(await app.data.report('sensorMeter', { period, ...only }))
    expect(await totalOf(behind.lowAlerts)).toBe(alerts?.low)
    expect(await totalOf(behind.highAlerts)).toBe(alerts?.high)
  })
})
