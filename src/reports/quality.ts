/**
 * Data quality: gaps of the sensor, what is left out because it is told twice, set clocks, and the pump's own totals
 * against our sums. Source: reports sheet §4 (proposal 2), §6, metrics sheet §4, §5, §10.
 */
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import { type CopyCount, recordCopies, sensorCopies } from '#stats/copies.ts'
import { deviceOf } from '#stats/dedupe.ts'
import { coveredMinutes, sensorGaps } from '#stats/sensorGaps.ts'
import { recordAt } from '#stats/slices.ts'
import { type Material, periodModel, prepare } from './days.ts'
import type { ReportInput } from './models.ts'
import type {
  ClockSetting,
  CopiesRow,
  CoverageDay,
  QualityGap,
  QualityModel,
  SourceName,
  StoredCount,
  TotalsDay,
} from './qualityModel.ts'
import { type StoredInput, storedOf } from './stored.ts'

/** Less than this share of a day is too little (consensus on sufficiency, metrics sheet §5.1). */
export const ENOUGH_OF_DAY = 0.7
const MINUTES_PER_DAY = DAY_MS / MINUTE_MS
/** More would not be read. */
const STATES_PER_GAP = 3

export function quality(input: ReportInput): QualityModel {
  const material = prepare(input)
  const names = (sourceKey: string) => input.deviceNames[sourceKey] ?? input.deviceNames[deviceOf(sourceKey)] ?? ''
  const stored = storedOf(input, material)
  const copies = [
    ...sensorCopies(stored.glucose, material.sensor),
    ...recordCopies(stored.records, material.records, material.meterValues, material.sensor),
  ]
  const coverage = coverageOf(material)
  const totals = totalsOf(material)
  const compared = totals.filter(({ differenceUnits }) => differenceUnits !== undefined)
  return {
    ...periodModel(input, material),
    coverage,
    daysBelow: coverage.filter(({ fraction }) => fraction < ENOUGH_OF_DAY).length,
    gaps: gapsOf(material),
    copies: copies.map(copy => copiesRow(copy, names)).toSorted((a, b) => b.count - a.count),
    clockSettings: clockSettingsOf(material, names),
    totals,
    totalsCompared: compared.length,
    totalsAgree: compared.filter(({ note }) => note !== 'differs-from-pump').length,
    stored: storedCounts(stored, copies, names),
  }
}

function coverageOf({ sensor, days }: Material): CoverageDay[] {
  if (sensor.time.length === 0) return []
  const minutes = coveredMinutes(sensor, days)
  return days.map((day, i) => ({ day, minutes: minutes[i] ?? 0, fraction: (minutes[i] ?? 0) / MINUTES_PER_DAY }))
}

function gapsOf({ sensor, days, records }: Material): QualityGap[] {
  const told = records.filter(record => record.type === 'sensorState' || record.type === 'timeChange')
  return sensorGaps(sensor, days).map(gap => {
    const states = new Set<string>()
    let clockSet = false
    for (let i = recordAt(told, gap.from); i < told.length; i++) {
      const record = told[i]
      if (!record || record.deviceTime > gap.to) break
      if (record.type === 'timeChange') clockSet = true
      else if (record.type === 'sensorState') states.add(record.state)
    }
    return { ...gap, states: [...states].slice(0, STATES_PER_GAP), clockSet }
  })
}

const sourceName = (sourceKey: string, names: (sourceKey: string) => string): SourceName => ({
  device: names(sourceKey),
  fromFile: !sourceKey.endsWith(':read'),
})

const copiesRow = ({ type, leftOut, believed, count }: CopyCount, names: (key: string) => string): CopiesRow => ({
  type,
  leftOut: sourceName(leftOut, names),
  believed: sourceName(believed, names),
  count,
})

function clockSettingsOf({ records }: Material, names: (sourceKey: string) => string): ClockSetting[] {
  return records
    .filter(record => record.type === 'timeChange')
    .map(({ deviceTime, sourceKey, from, to }) => ({
      at: deviceTime,
      device: names(sourceKey),
      to,
      ...(from === undefined ? {} : { from, byMs: to - from }),
    }))
}

function totalsOf({ insulin, days, firstDay }: Material): TotalsDay[] {
  return days.flatMap((day): TotalsDay[] => {
    const ofDay = insulin[day - firstDay]
    if (!ofDay || (ofDay.pumpTotalUnits === undefined && ofDay.note === undefined)) return []
    const { pumpTotalUnits: pump, ownTotalUnits: ours, isPumpTotalWhole, note } = ofDay
    return [
      {
        day,
        ...(pump === undefined ? {} : { pumpUnits: pump }),
        ...(ours === undefined ? {} : { ourUnits: ours }),
        ...(pump === undefined || ours === undefined || !isPumpTotalWhole
          ? {}
          : { differenceUnits: hundredths(ours) - hundredths(pump) }),
        ...(note === undefined ? {} : { note }),
      },
    ]
  })
}

/** As shown: the difference is that of the numbers beside it. */
const hundredths = (units: number): number => Math.round(units * 100) / 100

/** By device, then by how many there are. */
function storedCounts(
  { glucose, records }: StoredInput,
  copies: readonly CopyCount[],
  names: (sourceKey: string) => string,
): StoredCount[] {
  const counts = new Map<string, { -readonly [K in keyof StoredCount]: StoredCount[K] }>()
  const countOf = (sourceKey: string, type: StoredCount['type']) => {
    const deviceKey = deviceOf(sourceKey)
    const key = `${deviceKey} ${type}`
    const known = counts.get(key)
    if (known) return known
    const fresh = { deviceKey, device: names(sourceKey), type, stored: 0, leftOut: 0 }
    counts.set(key, fresh)
    return fresh
  }
  for (const { time, sources } of glucose) if (time.length > 0) countOf(sources[0] ?? '', 'cbg').stored += time.length
  for (const { sourceKey, type } of records) countOf(sourceKey, type).stored++
  for (const { leftOut, type, count } of copies) countOf(leftOut, type).leftOut += count
  return [...counts.values()].sort(
    (a, b) => a.device.localeCompare(b.device, 'en') || (a.deviceKey < b.deviceKey ? -1 : 1) || b.stored - a.stored,
  )
}
