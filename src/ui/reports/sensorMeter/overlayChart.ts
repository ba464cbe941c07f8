/** All days of a period over one another: each a thin line, percentiles as areas, the mean as a thick line. */
import type { Preferences } from '#records/preferences.ts'
import type { TimeOfDayProfile } from '#reports/models.ts'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import type { Area, ChartSpec, Line, Stop, Tick } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { glucoseScale, hourTicks } from '../axes.ts'
import { flagWord } from '../glucoseLane.ts'
import { placeIn, pointDots, traceLines } from '../panels/panelChart.ts'
import { timeAt } from '../panels/panelWords.ts'

export interface OverlayDrawing {
  readonly model: SensorMeterModel
  readonly preferences: Preferences
  readonly format: Format
}

const DAY_MINUTES = 1440
const MINUTE_MS = 60_000
const t = sensorMeterTexts

export function overlayChart({ model, preferences }: OverlayDrawing): ChartSpec {
  const scale = glucoseScale(preferences)
  const place = placeIn(scale)
  return {
    xMin: 0,
    xMax: DAY_MINUTES,
    xTicks: hourTicks(preferences.clock).map((tick): Tick => ({ ...tick, value: tick.value / MINUTE_MS })),
    xLines: true,
    lanes: [
      {
        id: 'overlay',
        title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
        weight: 1,
        min: scale.min,
        max: scale.max,
        ticks: scale.ticks,
        boxes: [{ x0: 0, x1: DAY_MINUTES, y0: scale.low, y1: scale.high, tone: 'band' }],
        areas: model.profile ? areasOf(model.profile, place) : [],
        lines: [...traceLines(model.traces, place), ...meanLines(model, place)],
        dots: pointDots(model.points, place),
      },
    ],
  }
}

/** Each half hour with sensor values; without a sensor each half hour with values of the meter. */
export function overlayStops({ model, format }: OverlayDrawing): readonly Stop[] {
  const { profile, meanMgdl } = model
  if (!profile || !meanMgdl) return meterStops(model.points, format)
  return slotsOf(profile).flatMap(slot => {
    const count = profile.count[slot] ?? 0
    if (count === 0) return []
    const percentiles = profile.percentiles.map(column => format.glucose(column[slot] ?? Number.NaN))
    const mean = format.glucose(meanMgdl[slot] ?? Number.NaN)
    return [
      {
        x: middleOf(slot, profile),
        text: t.stop(slotText(slot, format), mean, percentiles, format.glucoseUnit(), count),
      },
    ]
  })
}

/** Values of the meter in each half hour that has some, as sentences. */
function meterStops(points: SensorMeterModel['points'], format: Format): readonly Stop[] {
  return meterSlots(points, format).map(({ slot, values }) => ({
    x: (slot + 0.5) * SLOT_MINUTES,
    text: t.meterStop(slotText(slot, format), values, format.glucoseUnit()),
  }))
}

const SLOT_MINUTES = 30

interface MeterSlot {
  readonly slot: number
  /** Without the unit; LO or HI where the meter said so. */
  readonly values: readonly string[]
}

/** The meter's values by half hours, ascending. */
export function meterSlots({ minute, mgdl, flags }: SensorMeterModel['points'], format: Format): readonly MeterSlot[] {
  const slots = new Map<number, string[]>()
  mgdl.forEach((value, i) => {
    if (Number.isNaN(value)) return
    const slot = Math.floor((minute[i] ?? 0) / SLOT_MINUTES)
    const text = flagWord(flags[i] ?? 0) ?? format.glucose(value)
    const known = slots.get(slot)
    if (known) known.push(text)
    else slots.set(slot, [text])
  })
  return [...slots].sort(([a], [b]) => a - b).map(([slot, values]) => ({ slot, values }))
}

/** "14:00–14:30". */
export const slotText = (slot: number, format: Format): string => {
  const at = (minute: number) => format.timeOfDay(timeAt(minute % DAY_MINUTES))
  return `${at(slot * SLOT_MINUTES)}–${at((slot + 1) * SLOT_MINUTES)}`
}

export const slotsOf = ({ count }: TimeOfDayProfile): readonly number[] => Array.from(count, (_, slot) => slot)

const middleOf = (slot: number, { slotMinutes }: TimeOfDayProfile): number => (slot + 0.5) * slotMinutes

function areasOf(profile: TimeOfDayProfile, place: (mgdl: number) => number): readonly Area[] {
  const [p10, p25, , p75, p90] = profile.percentiles
  const x = slotsOf(profile).map(slot => middleOf(slot, profile))
  const area = (low: Float64Array | undefined, high: Float64Array | undefined, tone: Area['tone']): Area[] =>
    low && high ? [{ x, low: placed(low, place), high: placed(high, place), tone }] : []
  return [...area(p10, p90, 'profileOuter'), ...area(p25, p75, 'profileInner')]
}

function meanLines({ profile, meanMgdl }: SensorMeterModel, place: (mgdl: number) => number): readonly Line[] {
  if (!profile || !meanMgdl) return []
  const x = slotsOf(profile).map(slot => middleOf(slot, profile))
  return [{ x, y: placed(meanMgdl, place), tone: 'profileMedian', widthPx: 3 }]
}

const placed = (values: Float64Array, place: (mgdl: number) => number): Float64Array =>
  values.map(value => (Number.isNaN(value) ? value : place(value)))
