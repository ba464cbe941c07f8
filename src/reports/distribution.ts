/**
 * Distribution: a histogram of glucose, the mean of each hour of each day, and the published indices of variability and
 * risk. Source: reports sheet §2 (Nightscout, nightscout-reporter), §3, §4, metrics sheet §7.
 */
import { type Preferences, rangeSets } from '#records/preferences.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceDay } from '#records/time.ts'
import { mmolFromMgdl, roundHalfEven } from '#records/units.ts'
import { flatGrid } from '#stats/flatGrid.ts'
import { uniformGrid } from '#stats/grid.ts'
import { histogramOf, hourlyMeans } from '#stats/histogram.ts'
import { jIndex, kovatchev } from '#stats/indices.ts'
import { mage, STEP_MINUTES } from '#stats/mage.ts'
import { classifier, classify, rangeShares } from '#stats/ranges.ts'
import { type RiskIndex, riskIndex } from '#stats/risk.ts'
import { profileSufficiency } from '#stats/sufficiency.ts'
import { summarise } from '#stats/summary.ts'
import { conga, modd } from '#stats/variability.ts'
import { type Material, periodModel, prepare } from './days.ts'
import type { DistributionModel, HourMap, Indices } from './distributionModel.ts'
import type { ReportInput } from './models.ts'

/** No class: an hour without a value. */
const NONE = 255
/** Average daily risk range as it was defined: so many finger-sticks a day on so many days. */
const VALUES_OF_RISK_DAY = 3
const RISK_DAYS = 14
/** Fewer finger-sticks say nothing of risk or spread (metrics sheet §5.1). */
const METER_VALUES = 30

export function distribution(input: ReportInput): DistributionModel {
  const material = prepare(input)
  const { sensor, sensorClasses, meter, meterClasses, days } = material
  const { glucoseUnits: units } = input.preferences
  const ofSensor = histogramOf(sensor, sensorClasses, units)
  const ofMeter = histogramOf(meter, meterClasses, units)
  const indices = ofSensor ? sensorIndices(material) : ofMeter ? meterIndices(material) : undefined
  return {
    ...periodModel(input, material),
    units,
    ...(ofSensor ? { sensor: ofSensor } : {}),
    ...(ofMeter ? { meter: ofMeter } : {}),
    hours: {
      ...(ofSensor ? { sensor: hourMap(sensor, days, input.preferences) } : {}),
      ...(ofMeter ? { meter: hourMap(meter, days, input.preferences) } : {}),
    },
    ...(indices ? { indices } : {}),
  }
}

/** The class of a mean is that of the number shown, so that no "70" stands in the colour of a low. */
function hourMap(series: GlucoseSeries, days: readonly DeviceDay[], { ranges, glucoseUnits }: Preferences): HourMap {
  const classOf = classifier(ranges)
  const isMmol = glucoseUnits === 'mmol/L'
  const means = hourlyMeans(series, days)
  const shown = (mgdl: number) => roundHalfEven(isMmol ? mmolFromMgdl(mgdl) * 10 : mgdl)
  return {
    days,
    ...means,
    ranges: Uint8Array.from(means.mgdl, mgdl => (Number.isNaN(mgdl) ? NONE : classOf(shown(mgdl), isMmol))),
  }
}

/** All of them from a day of values on. */
function sensorIndices({ sensor, sensorClasses }: Material): Indices | undefined {
  const summary = summarise(sensor, sensorClasses)
  if (!summary) return undefined
  const base = { from: 'sensor', count: summary.count, daysWithData: summary.daysWithData } as const
  if (profileSufficiency(sensor) === 'nothing') return base
  const flat = flatGrid(uniformGrid(sensor))
  const amplitude = flat.stepMinutes === STEP_MINUTES ? mage(sensor, flat) : mage(sensor)
  const { lbgi, hbgi, adrr } = kovatchev(sensor.time, sensor.mgdl)
  return {
    ...base,
    risk: risk(sensor),
    lbgi,
    hbgi,
    adrr,
    ...('value' in summary.sdMgdl ? { jIndex: jIndex(summary.meanMgdl, summary.sdMgdl.value) } : {}),
    ...definite({ mage: amplitude.avg, modd: modd(flat), conga1: conga(flat, 1), conga4: conga(flat, 4) }),
  }
}

/** Its limits are the consensus ones for everybody. */
function risk(sensor: GlucoseSeries): RiskIndex {
  const shares = rangeShares(sensor, classify(sensor, rangeSets.standard), 0, sensor.time.length)
  return riskIndex({
    veryLow: 100 * shares.veryLow.fraction,
    low: 100 * shares.low.fraction,
    high: 100 * shares.high.fraction,
    veryHigh: 100 * shares.veryHigh.fraction,
  })
}

/** What was defined for finger-sticks; the others need values every few minutes. */
function meterIndices({ meter, meterClasses }: Material): Indices | undefined {
  const summary = summarise(meter, meterClasses)
  if (!summary) return undefined
  const base = { from: 'meter', count: summary.count, daysWithData: summary.daysWithData } as const
  if (summary.count < METER_VALUES) return base
  const { lbgi, hbgi, adrr } = kovatchev(meter.time, meter.mgdl)
  return {
    ...base,
    lbgi,
    hbgi,
    ...(daysWithEnough(meter.time) >= RISK_DAYS ? { adrr } : {}),
    ...('value' in summary.sdMgdl ? { jIndex: jIndex(summary.meanMgdl, summary.sdMgdl.value) } : {}),
  }
}

function daysWithEnough(times: Float64Array): number {
  const counts = new Map<number, number>()
  for (const time of times) {
    const day = Math.floor(time / DAY_MS)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return [...counts.values()].filter(count => count >= VALUES_OF_RISK_DAY).length
}

/** Without what could not be computed. */
const definite = <K extends string>(numbers: Readonly<Record<K, number>>): Partial<Record<K, number>> =>
  // Some of the same names.
  Object.fromEntries(Object.entries<number>(numbers).filter(([, value]) => Number.isFinite(value))) as Partial<
    Record<K, number>
  >
