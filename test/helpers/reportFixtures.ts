/**
 * Hand-made page models for tests of the reports: a made-up but plausible person. Sums and shares are written down or
 * counted here in the plainest way, never by the code under test.
 */
import type { RecordBase } from '#records/records.ts'
import {
  deviceTimeOf,
  deviceDayOf,
  MINUTE_MS,
  startOfDeviceDay,
  type DeviceDay,
  type DeviceTime,
} from '#records/time.ts'
import type { GlucoseSeries } from '#records/series.ts'
import type {
  AgpModel,
  BasalSegment,
  DailyModel,
  GlucoseSummary,
  OverviewDay,
  OverviewModel,
  RangeName,
  RangeShares,
  SensorSummary,
  TherapyRow,
  TimeOfDayProfile,
} from '#reports/models.ts'
import type { EvidenceQuery, EvidenceRow, RawBytes } from '#workers/api.ts'

/** A day that certainly exists. */
export function dayOf(year: number, month: number, day: number): DeviceDay {
  const time = deviceTimeOf(year, month, day)
  if (time === undefined) throw new RangeError(`No such day: ${year}-${month}-${day}`)
  return deviceDayOf(time)
}

export const lastDay = dayOf(2026, 3, 14)

/** Whole percents that add up to 100, with counts to match: of 4,000 values 1 % is 40. */
export function sharesOf(percents: Readonly<Record<RangeName, number>>, count: number): RangeShares {
  const share = (name: RangeName) => ({
    count: Math.round((count * percents[name]) / 100),
    fraction: percents[name] / 100,
    percent: percents[name],
    minutesPerDay: percents[name] * 14.4,
  })
  return {
    veryLow: share('veryLow'),
    low: share('low'),
    target: share('target'),
    high: share('high'),
    veryHigh: share('veryHigh'),
  }
}

export const sensorSummary: SensorSummary = {
  count: 3921,
  daysWithData: 14,
  // 154.5 is an exact half: 154 by half to even; 8.576 mmol/L: 8.6.
  meanMgdl: 154.5,
  minMgdl: 48,
  maxMgdl: 327,
  sdMgdl: { value: 51.4 },
  cvPercent: { value: 33.27 },
  ranges: sharesOf({ veryLow: 1, low: 3, target: 71, high: 20, veryHigh: 5 }, 3921),
  gmiPercent: { value: 7.0056 },
  // 12.71 + 4.70587 · 8.576.
  gmiMmolPerMol: { value: 53.067 },
  percentActive: 97.24,
  tightFraction: 0.485,
  episodes: {
    hypoLevel1: { count: 11, perDay: 0.79, meanMinutes: 38.6 },
    hypoLevel2: { count: 3, perDay: 0.21, meanMinutes: 22.5 },
    hypoExtended: { count: 0, perDay: 0, meanMinutes: 0 },
    hyperLevel1: { count: 31, perDay: 2.21, meanMinutes: 141 },
    hyperLevel2: { count: 9, perDay: 0.64, meanMinutes: 64 },
  },
}

export const meterSummary: GlucoseSummary & { readonly valuesPerDay: number } = {
  count: 46,
  daysWithData: 13,
  meanMgdl: 149.2,
  minMgdl: 52,
  maxMgdl: 301,
  sdMgdl: { value: 55.1 },
  cvPercent: { value: 36.9 },
  ranges: sharesOf({ veryLow: 2, low: 4, target: 67, high: 22, veryHigh: 5 }, 46),
  valuesPerDay: 3.29,
}

/** Fourteen days: one without any data, one without sensor, one without basal. */
export function overviewModel(dayTotal = 14): OverviewModel {
  const firstDay = lastDay - dayTotal + 1
  const days = Array.from({ length: dayTotal }, (_, index) => dayRow(firstDay + index, index))
  return {
    period: { firstDay, lastDay },
    dataFirstDay: firstDay,
    dataLastDay: lastDay,
    sensor: sensorSummary,
    meter: meterSummary,
    insulin: {
      daysWithInsulin: 13,
      totalPerDay: 41.25,
      basalPerDay: 17.34,
      bolusPerDay: 23.91,
      bolusesPerDay: 6.38,
      basalPercent: 42,
      bolusPercent: 58,
      carbDays: 13,
      carbsGramsPerDay: 187.4,
      daysWithTotal: 12,
      daysWithBasal: 12,
      daysWithAuto: 0,
      daysWithSplit: 12,
    },
    days,
    devices: ['MiniMed 640G MMT-1712 (NG0123456H)', 'Contour NEXT LINK 2.4 (6123456)'],
  }
}

function dayRow(day: DeviceDay, index: number): OverviewDay {
  const turn = index % 14
  if (turn === 4) return { day }
  // A slow swing over the fortnight, written as whole percents.
  const veryLow = [0, 1, 0, 2, 0, 0, 1, 0, 3, 0, 0, 1, 0, 0][turn] ?? 0
  const low = [2, 4, 3, 6, 0, 1, 3, 5, 4, 2, 0, 3, 2, 4][turn] ?? 0
  const veryHigh = [3, 8, 2, 12, 0, 6, 0, 4, 9, 1, 14, 5, 3, 2][turn] ?? 0
  const high = [18, 22, 15, 25, 0, 24, 12, 19, 21, 14, 30, 20, 17, 16][turn] ?? 0
  const ranges = { veryLow, low, target: 100 - veryLow - low - high - veryHigh, high, veryHigh }
  const sensor: GlucoseSummary = {
    count: 288 - turn * 3,
    daysWithData: 1,
    meanMgdl: 130 + veryHigh * 3 + turn / 2,
    minMgdl: 50,
    maxMgdl: 300,
    sdMgdl: { value: 48.2 },
    cvPercent: { value: 33.1 },
    ranges: sharesOf(ranges, 288 - turn * 3),
  }
  const meter: GlucoseSummary = {
    ...sensor,
    count: 3 + (turn % 3),
    meanMgdl: 141 + turn,
    ranges: sharesOf({ veryLow: 0, low: 0, target: 67, high: 33, veryHigh: 0 }, 3 + (turn % 3)),
  }
  const noBasal = turn === 6
  const bolusUnits = 21.35 + turn / 4
  return {
    day,
    ...(turn === 9 ? {} : { sensor }),
    meter,
    insulin: {
      day,
      bolusUnits,
      bolusCount: 6,
      ...(noBasal ? {} : { basalUnits: 17.3, totalUnits: bolusUnits + 17.3 }),
      carbsGrams: 160 + turn * 5,
      carbsExchanges: 0,
      carbEntries: 5,
      ...(noBasal ? { note: 'basal-incomplete' as const } : {}),
    },
  }
}

/** A series from [minute of the day, mg/dL] pairs; flags 2 = LO, 4 = HI. */
export function seriesOf(
  day: DeviceDay,
  values: readonly (readonly [minute: number, mgdl: number, flags?: number])[],
): GlucoseSeries {
  const midnight = startOfDeviceDay(day)
  return {
    time: Float64Array.from(values, ([minute]) => midnight + minute * MINUTE_MS),
    steps: Uint16Array.from(values, ([, mgdl]) => mgdl),
    flags: Uint8Array.from(values, ([, , flags]) => flags ?? 0),
    mgdl: Float64Array.from(values, ([, mgdl]) => mgdl),
    intervalMs: Uint32Array.from(values, () => 5 * MINUTE_MS),
    source: new Uint8Array(values.length),
    sources: ['pump'],
  }
}

/** A calm night, a low before breakfast, high after lunch and beyond the scale at night; 80 minutes without values. */
function dayOfGlucose(): readonly (readonly [number, number, number?])[] {
  const values: (readonly [number, number, number?])[] = []
  for (let minute = 2; minute < 1440; minute += 5) {
    if (minute > 915 && minute < 995) continue
    const wave =
      126 +
      24 * Math.sin(minute / 95) -
      88 * Math.exp(-(((minute - 395) / 38) ** 2)) +
      118 * Math.exp(-(((minute - 790) / 60) ** 2)) +
      330 * Math.exp(-(((minute - 1305) / 48) ** 2))
    const mgdl = Math.round(wave)
    if (mgdl < 40) values.push([minute, 39, 2])
    else if (mgdl > 400) values.push([minute, 401, 4])
    else values.push([minute, mgdl])
  }
  return values
}

const at = (day: DeviceDay, hour: number, minute = 0): DeviceTime =>
  (startOfDeviceDay(day) + (hour * 60 + minute) * MINUTE_MS) as DeviceTime

let serial = 0
function stored(deviceTime: DeviceTime): RecordBase & { id: string; sourceKey: string; artifactId: string } {
  serial += 1
  return {
    deviceTime,
    identity: `row ${serial}`,
    raw: { page: 0, offset: serial * 80, length: 72 },
    id: `r${serial}`,
    sourceKey: 'pump',
    artifactId: 'a1',
  }
}

const bolusesOf = (day: DeviceDay): DailyModel['boluses'] => [
  {
    ...stored(at(day, 7, 5)),
    type: 'bolus',
    subType: 'normal',
    normalUnits: 4.2,
    programmedNormalUnits: 4.2,
    context: 'wizard',
  },
  { ...stored(at(day, 10, 30)), type: 'bolus', subType: 'normal', normalUnits: 1.525, context: 'manual' },
  {
    ...stored(at(day, 12, 40)),
    type: 'bolus',
    subType: 'dual',
    normalUnits: 4,
    extendedUnits: 3.5,
    programmedNormalUnits: 4,
    programmedExtendedUnits: 4,
    durationMs: 120 * MINUTE_MS,
    context: 'wizard',
    cancelledBy: 'user',
  },
  { ...stored(at(day, 14, 10)), type: 'bolus', subType: 'normal', normalUnits: 0.8, context: 'automatic' },
  { ...stored(at(day, 14, 25)), type: 'bolus', subType: 'normal', normalUnits: 0.7, context: 'automatic' },
  { ...stored(at(day, 18, 50)), type: 'bolus', subType: 'normal', normalUnits: 6, context: 'wizard' },
  { ...stored(at(day, 22, 0)), type: 'bolus', subType: 'normal', normalUnits: 3, context: 'wizard' },
]

const wizardsOf = (day: DeviceDay): DailyModel['wizards'] => [
  {
    ...stored(at(day, 7, 4)),
    type: 'wizard',
    carbsGrams: 45,
    glucose: { value: 92, units: 'mg/dL' },
    carbRatio: 10,
    carbRatioUnits: 'g/U',
    sensitivity: 45,
    targetLow: 90,
    targetHigh: 110,
    settingsUnits: 'mg/dL',
    recommendedCarbUnits: 4.5,
    recommendedCorrectionUnits: 0,
    recommendedNetUnits: 4.2,
    insulinOnBoardUnits: 0.3,
  },
  {
    ...stored(at(day, 12, 39)),
    type: 'wizard',
    carbsGrams: 80,
    carbRatio: 10,
    carbRatioUnits: 'g/U',
    recommendedCarbUnits: 8,
    settingsUnits: 'mg/dL',
  },
  {
    ...stored(at(day, 18, 49)),
    type: 'wizard',
    carbsGrams: 52,
    carbRatio: 8.5,
    carbRatioUnits: 'g/U',
    recommendedCarbUnits: 6.1,
    settingsUnits: 'mg/dL',
  },
  {
    ...stored(at(day, 20, 15)),
    type: 'wizard',
    carbsGrams: 20,
    carbRatio: 8.5,
    carbRatioUnits: 'g/U',
    delivered: false,
    settingsUnits: 'mg/dL',
  },
]

export function dailyModel(day: DeviceDay = lastDay): DailyModel {
  const segment = (
    from: [number, number],
    to: [number, number],
    rateUnitsPerHour: number,
    rest: Partial<BasalSegment> = {},
  ): BasalSegment => ({ from: at(day, ...from), to: at(day, ...to), delivery: 'scheduled', rateUnitsPerHour, ...rest })
  const glucose = seriesOf(day, dayOfGlucose())
  const { episodes } = sensorSummary
  const boluses = bolusesOf(day)
  const wizards = wizardsOf(day)
  const food: DailyModel['food'] = [{ ...stored(at(day, 6, 35)), type: 'food', carbsGrams: 15 }]
  const rowOf = (bolus: number, wizard?: number, more: Partial<TherapyRow> = {}): TherapyRow => {
    const [given, screen] = [boluses[bolus], wizard === undefined ? undefined : wizards[wizard]]
    if (!given) throw new RangeError(`No bolus ${bolus}`)
    return { at: given.deviceTime, bolus: given, ...(screen ? { wizard: screen } : {}), ...more }
  }
  return {
    day,
    previousDay: day - 1,
    nextDay: day + 3,
    sensor: {
      ...sensorSummary,
      count: glucose.time.length,
      daysWithData: 1,
      meanMgdl: 151.2,
      ranges: sharesOf({ veryLow: 1, low: 4, target: 68, high: 17, veryHigh: 10 }, glucose.time.length),
      gmiPercent: { missing: 'too-short' },
      gmiMmolPerMol: { missing: 'too-short' },
      percentActive: 94.1,
      episodes,
    },
    meter: {
      count: 4,
      daysWithData: 1,
      // 47 + 138 + 236 + 432 = 853.
      meanMgdl: 213.25,
      minMgdl: 47,
      maxMgdl: 432,
      cvPercent: { missing: 'too-few-values' },
      sdMgdl: { missing: 'too-few-values' },
      ranges: sharesOf({ veryLow: 25, low: 0, target: 25, high: 25, veryHigh: 25 }, 4),
    },
    insulin: {
      day,
      bolusUnits: 23.725,
      bolusCount: 7,
      basalUnits: 16.95,
      totalUnits: 40.675,
      pumpTotalUnits: 40.7,
      carbsGrams: 192,
      carbsExchanges: 0,
      carbEntries: 5,
    },
    glucose,
    meterValues: [
      { ...stored(at(day, 6, 31)), type: 'smbg', subType: 'linked', value: 47, units: 'mg/dL', meterSerial: '6123456' },
      { ...stored(at(day, 9, 12)), type: 'smbg', subType: 'linked', value: 138, units: 'mg/dL' },
      { ...stored(at(day, 13, 25)), type: 'smbg', subType: 'meter', value: 236, units: 'mg/dL', meal: 'after' },
      { ...stored(at(day, 21, 50)), type: 'smbg', subType: 'meter', value: 432, units: 'mg/dL' },
    ],
    boluses,
    wizards,
    food,
    therapy: [
      ...food.map(entry => ({ at: entry.deviceTime, food: entry })),
      rowOf(0, 0),
      rowOf(1),
      // 8.0 were proposed and programmed, 7.5 given.
      rowOf(2, 1, { interrupted: true }),
      rowOf(3),
      rowOf(4),
      // 6.0 instead of 6.1.
      rowOf(5, 2, { overrideUnits: -0.1 }),
      ...wizards.slice(3).map(wizard => ({ at: wizard.deviceTime, wizard })),
      rowOf(6),
    ],
    calibrations: [],
    basal: [
      segment([0, 0], [3, 0], 0.65),
      segment([3, 0], [6, 10], 0.9),
      segment([6, 10], [7, 40], 0, { delivery: 'suspended', suppressedUnitsPerHour: 0.9 }),
      segment([7, 40], [11, 0], 0.75),
      segment([11, 0], [13, 30], 0.4, { delivery: 'temp', suppressedUnitsPerHour: 0.8 }),
      segment([13, 30], [17, 0], 0.95, { delivery: 'automated' }),
      segment([17, 0], [22, 0], 0.7),
      // Two hours that nobody can account for, then the programme again.
      { from: at(day, 23, 0), to: at(day + 1, 0), delivery: 'scheduled', rateUnitsPerHour: 0.65 },
    ],
    events: [
      { ...stored(at(day, 6, 8)), type: 'alarm', name: 'Alert on low' },
      { ...stored(at(day, 6, 10)), type: 'suspend', suspended: true, reason: 'low', rawReason: 'SUSPEND_ON_LOW' },
      { ...stored(at(day, 7, 40)), type: 'suspend', suspended: false, rawReason: 'RESUME' },
      { ...stored(at(day, 15, 16)), type: 'sensorState', state: 'signal lost' },
      { ...stored(at(day, 17, 30)), type: 'rewind' },
      { ...stored(at(day, 17, 36)), type: 'prime', target: 'tubing', volumeUnits: 10.2 },
      { ...stored(at(day, 17, 41)), type: 'prime', target: 'cannula', volumeUnits: 0.3 },
      { ...stored(at(day, 19, 45)), type: 'marker', kind: 'exercise', text: 'walk' },
    ],
    setChanges: [at(day, 17, 30)],
    modes: [
      { from: at(day, 0), to: at(day, 13, 30), mode: 'manual' },
      { from: at(day, 13, 30), to: at(day, 17), mode: 'automatic' },
      { from: at(day, 17), to: at(day, 22), mode: 'manual' },
      { from: at(day, 23), to: at(day + 1, 0), mode: 'manual' },
    ],
    clockChanges: [],
    patterns: [{ from: at(day, 0), name: 'Pattern 1' }],
    settings: [],
    logs: { bolus: true, basal: true },
    devices: ['MiniMed 640G MMT-1712 (NG0123456H)', 'Contour NEXT LINK 2.4 (6123456)'],
  }
}

/** 120 stored rows: sensor values from a file, and one meter value from a device, first. */
export function evidenceRows(query: EvidenceQuery): { readonly total: number; readonly rows: readonly EvidenceRow[] } {
  const all = Array.from({ length: 120 }, (_, index): EvidenceRow => {
    const fromDevice = index === 0
    const deviceTime = at(query.period.firstDay, 0, 2 + index * 5)
    return {
      id: `e${index}`,
      deviceName: fromDevice ? 'Contour NEXT LINK 2.4' : 'MiniMed 640G',
      deviceTime,
      type: fromDevice ? 'smbg' : 'cbg',
      fields: fromDevice
        ? { deviceTime, type: 'smbg', subType: 'meter', value: 5.8, units: 'mmol/L' }
        : { deviceTime, type: 'cbg', value: 100 + index, units: 'mg/dL' },
      artifactId: fromDevice ? 'read' : 'file',
      page: 0,
      offset: fromDevice ? 32 : 1000 + index * 60,
      length: fromDevice ? 20 : 60,
    }
  })
  return { total: all.length, rows: all.slice(query.offset, query.offset + query.limit) }
}

/** What `evidenceRows` point to: a line of a file, or twenty bytes of a device's answer. */
export function rawOf(ref: Pick<EvidenceRow, 'artifactId' | 'offset'>): RawBytes {
  const receivedAt = Date.UTC(2026, 2, 14, 17, 40)
  if (ref.artifactId === 'read') {
    const bytes = new TextEncoder().encode('R|1|^^^Glucose|5.8|m')
    return { artifactName: 'Contour NEXT LINK 2.4', receivedAt, bytes }
  }
  const bytes = new TextEncoder().encode('12;2026/03/01;00:07:00;;;;101;"Müller"\r\n')
  return { artifactName: 'export.csv', receivedAt, bytes, line: (ref.offset - 1000) / 60 + 12 }
}

const columnOf = (base: number) => Float64Array.from({ length: 24 }, (_, h) => (h === 3 ? Number.NaN : base + h))

/** Hour h: 24 values, median 100 + h, the others 10 and 20 around it; nothing at three. */
export const sensorProfile: TimeOfDayProfile = {
  slotMinutes: 60,
  count: Uint32Array.from({ length: 24 }, (_, h) => (h === 3 ? 0 : 24)),
  percentiles: [80, 90, 100, 110, 120].map(columnOf),
}

/** Of a meter, hour h: 6 values, median 120 + h, quartiles 10 around it; nothing at three. */
export const meterProfile: TimeOfDayProfile = {
  slotMinutes: 60,
  count: Uint32Array.from({ length: 24 }, (_, h) => (h === 3 ? 0 : 6)),
  percentiles: [Number.NaN, 110, 120, 130, Number.NaN].map(columnOf),
}

/** Of a sensor alone. */
export function agpModel(days: number): AgpModel {
  const firstDay = lastDay - days + 1
  return {
    period: { firstDay, lastDay },
    dataFirstDay: firstDay,
    dataLastDay: lastDay,
    sensor: sensorSummary,
    profiles: { sensor: sensorProfile },
    points: [],
    days: Array.from({ length: Math.min(days, 14) }, (_, i) => {
      const day = lastDay - Math.min(days, 14) + 1 + i
      return {
        day,
        glucose: seriesOf(day, [
          [8 * 60, 100],
          [8 * 60 + 5, 250],
        ]),
        meterValues: [],
        sensor: sensorSummary,
      }
    }),
    devices: ['MiniMed 780G'],
  }
}
