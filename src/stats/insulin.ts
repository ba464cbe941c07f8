/**
 * Insulin and carbohydrate by day and over a period. A number that is not known is absent, never zero; a day's basal is
 * known when the derived segments account for all of it. Source: metrics sheet §10.
 */
import type { Food, RecordOf, TherapyRecord, Wizard } from '#records/records.ts'
import { DAY_MS, type DeviceDay, deviceDayOf, MINUTE_MS } from '#records/time.ts'
import { roundHalfEven } from '#records/units.ts'
import { unitsOf } from './basal.ts'
import type { BasalSegment } from './basalSegment.ts'
import { deviceOf } from './dedupe.ts'
import { eatenEntries, mealsOf } from './meals.ts'
import { clipped } from './stretches.ts'

/** One day's insulin and carbohydrate. Absent numbers are not known; they are not zero. */
export interface DayInsulin {
  readonly day: DeviceDay
  readonly bolusUnits: number
  /** Without those that an algorithm decided. */
  readonly bolusCount: number
  /** Derived from the rates, when they account for the whole day. */
  readonly basalUnits?: number
  /** What the algorithm gave (basal and corrections together) where it cannot be told apart from the basal. */
  readonly autoUnits?: number
  /** What the algorithm gave, on days known as a whole too: its doses, or its sum where the source tells no more. */
  readonly algorithmUnits?: number
  /** As every report shows it: the pump's own with what was injected, where that is the whole day's; else our own. */
  readonly totalUnits?: number
  /** bolus + basal, when both are known. */
  readonly ownTotalUnits?: number
  /** The pump's own total of that day, without injections. */
  readonly pumpTotalUnits?: number
  /** The pump's total is all that pumps gave that day: no clock was set back in it, and no other pump gave anything. */
  readonly isPumpTotalWhole?: true
  readonly carbsGrams: number
  readonly carbsExchanges: number
  readonly carbEntries: number
  /** Why `basalUnits` or `ownTotalUnits` is missing, or differs from the pump's. */
  readonly note?: 'basal-incomplete' | 'auto-mode-mixed' | 'differs-from-pump'
}

export interface InsulinSummary {
  readonly daysWithInsulin: number
  /** Means over the days where the number is known; that of boluses over all days with insulin. */
  readonly totalPerDay?: number
  readonly basalPerDay?: number
  readonly bolusPerDay: number
  readonly autoPerDay?: number
  readonly bolusesPerDay: number
  /** Whole percent of basal and of bolus on the days where both are known; add up to 100. */
  readonly basalPercent?: number
  readonly bolusPercent?: number
  readonly daysWithSplit: number
  readonly carbDays: number
  readonly carbsGramsPerDay?: number
  readonly carbsExchangesPerDay?: number
  /** How many days each mean stands on. */
  readonly daysWithTotal: number
  readonly daysWithBasal: number
  readonly daysWithAuto: number
}

/** A day is accounted for when no more than this is missing: clocks are set by minutes now and then. */
const MISSING_MS = 5 * MINUTE_MS
/** A clock set forward by more than a day has skipped no time that anybody lived. */
const LONGEST_SKIP_MS = 26 * 60 * MINUTE_MS
const PUMP_DIFFERENCE = 0.02

type Sourced = TherapyRecord & { readonly sourceKey: string }

/**
 * Sums each day from `firstDay` to `lastDay`; the result's index i is day `firstDay` + i, `undefined` when nothing of
 * this kind happened. `records` without copies, ascending in time; `segments` as from `deriveBasal`.
 */
export function insulinByDay(
  records: readonly Sourced[],
  segments: readonly BasalSegment[],
  firstDay: DeviceDay,
  lastDay: DeviceDay,
): (DayInsulin | undefined)[] {
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => new DaySum(firstDay + i))
  for (const record of records) {
    days[deviceDayOf(record.deviceTime) - firstDay]?.add(record)
    if (record.type !== 'timeChange') continue
    const from = record.from ?? record.deviceTime
    if (from - record.to <= MISSING_MS) continue
    // Both days when midnight lies between.
    for (const at of [from, record.to]) days[deviceDayOf(at) - firstDay]?.livedTwice()
  }
  for (const segment of segments) {
    // A segment ends before midnight when it ends at midnight.
    for (let day = deviceDayOf(segment.from); day * DAY_MS < segment.to; day++) days[day - firstDay]?.addBasal(segment)
  }
  return days.map(day => day.result())
}

/** Means over the days; `undefined` when no day has insulin or carbohydrate. */
export function summariseInsulin(days: readonly DayInsulin[]): InsulinSummary | undefined {
  if (days.length === 0) return undefined
  const insulinDays = days.filter(hasInsulin)
  const carbDays = days.filter(day => day.carbEntries > 0)
  const totals = known(insulinDays, day => day.totalUnits)
  const basals = known(insulinDays, day => day.basalUnits)
  const autos = known(insulinDays, day => day.algorithmUnits)
  const [total, basal, auto] = [totals, basals, autos].map(meanOf)
  const bolus = meanOf(insulinDays.map(day => day.bolusUnits))
  const boluses = meanOf(insulinDays.map(day => day.bolusCount))
  return {
    daysWithInsulin: insulinDays.length,
    ...(total === undefined ? {} : { totalPerDay: total }),
    ...(basal === undefined ? {} : { basalPerDay: basal }),
    bolusPerDay: bolus ?? 0,
    ...(auto === undefined ? {} : { autoPerDay: auto }),
    bolusesPerDay: boluses ?? 0,
    ...splitOf(insulinDays),
    carbDays: carbDays.length,
    ...meanCarbs(carbDays),
    daysWithTotal: totals.length,
    daysWithBasal: basals.length,
    daysWithAuto: autos.length,
  }
}

/** Only days where all parts are known can be split. */
function splitOf(days: readonly DayInsulin[]): Pick<InsulinSummary, 'basalPercent' | 'bolusPercent' | 'daysWithSplit'> {
  const whole = days.filter(day => day.ownTotalUnits !== undefined)
  const total = whole.reduce((sum, day) => sum + (day.ownTotalUnits ?? 0), 0)
  if (total <= 0) return { daysWithSplit: 0 }
  const bolus = whole.reduce((sum, day) => sum + day.bolusUnits, 0)
  const bolusPercent = roundHalfEven((100 * bolus) / total)
  return { basalPercent: 100 - bolusPercent, bolusPercent, daysWithSplit: whole.length }
}

function meanCarbs(days: readonly DayInsulin[]): Pick<InsulinSummary, 'carbsGramsPerDay' | 'carbsExchangesPerDay'> {
  // Grams and exchanges are never added; each is a mean over the days that have some.
  const grams = meanOf(days.map(day => day.carbsGrams).filter(amount => amount > 0))
  const exchanges = meanOf(days.map(day => day.carbsExchanges).filter(amount => amount > 0))
  return {
    ...(grams === undefined ? {} : { carbsGramsPerDay: grams }),
    ...(exchanges === undefined ? {} : { carbsExchangesPerDay: exchanges }),
  }
}

/** A day with insulin has a total, or a note that says why not. */
const hasInsulin = (day: DayInsulin): boolean => day.totalUnits !== undefined || day.note !== undefined

const known = (days: readonly DayInsulin[], numberOf: (day: DayInsulin) => number | undefined): number[] =>
  days.map(numberOf).filter(number => number !== undefined)

const meanOf = (numbers: readonly number[]): number | undefined =>
  numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length

/** Collects one day. */
class DaySum {
  readonly #day: DeviceDay
  readonly #wizards: Wizard[] = []
  readonly #food: Food[] = []
  /** By device: all its totals of the day, which must agree. */
  readonly #pumpTotals = new Map<string, Set<number>>()
  readonly #autoTotals = new Map<string, number>()
  /** Devices that gave insulin, or whose basal was set. */
  readonly #pumps = new Set<string>()
  #bolusUnits = 0
  #injectedUnits = 0
  #isLivedTwice = false
  #bolusCount = 0
  #doseUnits = 0
  #doseCount = 0
  #basalUnits = 0
  #accountedMs = 0
  #isEmpty = true

  constructor(day: DeviceDay) {
    this.#day = day
  }

  /** Some of the day's hours came twice. */
  livedTwice(): void {
    this.#isLivedTwice = true
  }

  add(record: Sourced): void {
    if (tellsOfPump(record)) this.#pumps.add(deviceOf(record.sourceKey))
    switch (record.type) {
      case 'bolus':
        this.#addBolus(record)
        break
      case 'wizard':
        this.#wizards.push(record)
        break
      case 'food':
        this.#food.push(record)
        break
      case 'autoBasalDose':
        this.#doseUnits += record.units
        this.#doseCount++
        this.#isEmpty = false
        break
      case 'autoInsulinTotal':
        this.#addAutoTotal(record.units, deviceOf(record.sourceKey))
        break
      case 'dailyTotal': {
        const device = deviceOf(record.sourceKey)
        this.#pumpTotals.set(device, (this.#pumpTotals.get(device) ?? new Set()).add(record.totalUnits))
        break
      }
      case 'timeChange': {
        const skippedMs = record.to - (record.from ?? record.deviceTime)
        const end = (this.#day + 1) * DAY_MS
        if (skippedMs > MISSING_MS && skippedMs <= LONGEST_SKIP_MS) {
          this.#accountedMs += Math.min(record.to, end) - (record.to - skippedMs)
        }
        break
      }
      default:
        // The rest says nothing about amounts; rates count as segments.
        break
    }
  }

  addBasal(segment: BasalSegment): void {
    for (const part of clipped([segment], this.#day * DAY_MS, (this.#day + 1) * DAY_MS)) {
      this.#basalUnits += unitsOf(part)
      this.#accountedMs += part.to - part.from
      this.#isEmpty = false
    }
  }

  result(): DayInsulin | undefined {
    const carbs = this.#carbs()
    const pumpTotal = this.#pumpTotal()
    const isEmpty = this.#isEmpty && this.#autoTotals.size === 0 && this.#pumpTotals.size === 0
    if (isEmpty && carbs.carbEntries === 0) return undefined
    const isWhole = this.#accountedMs >= DAY_MS - MISSING_MS && this.#autoTotals.size === 0
    const basal = isWhole ? this.#basalUnits : undefined
    const algorithm = this.#algorithmUnits()
    const auto = isWhole ? undefined : algorithm
    const bolus = this.#bolusUnits
    const own = basal === undefined ? undefined : tidy(basal + bolus)
    const isPumpTotalWhole =
      pumpTotal !== undefined && !this.#isLivedTwice && [...this.#pumps].every(pump => this.#pumpTotals.has(pump))
    const counted = isPumpTotalWhole ? tidy(pumpTotal + this.#injectedUnits) : undefined
    const total = counted ?? own
    const note = isEmpty ? undefined : noteOf(own, auto, counted)
    return {
      day: this.#day,
      bolusUnits: tidy(bolus),
      bolusCount: this.#bolusCount,
      ...(basal === undefined ? {} : { basalUnits: tidy(basal) }),
      ...(auto === undefined ? {} : { autoUnits: tidy(auto) }),
      ...(algorithm === undefined ? {} : { algorithmUnits: tidy(algorithm) }),
      ...(total === undefined ? {} : { totalUnits: total }),
      ...(own === undefined ? {} : { ownTotalUnits: own }),
      ...(pumpTotal === undefined ? {} : { pumpTotalUnits: pumpTotal }),
      ...(isPumpTotalWhole ? { isPumpTotalWhole } : {}),
      ...carbs,
      ...(note === undefined ? {} : { note }),
    }
  }

  #addBolus({ subType, normalUnits, extendedUnits = 0, context }: RecordOf<'bolus'>): void {
    const units = (normalUnits ?? 0) + extendedUnits
    if (units <= 0) return
    this.#isEmpty = false
    this.#bolusUnits += units
    if (subType === 'injection') this.#injectedUnits += units
    // CareLink gives the two parts of a dual bolus as two rows, so as two records; the square one is not one more bolus.
    const isSecondPart = subType === 'dual' && normalUnits === undefined
    if (context !== 'automatic' && !isSecondPart) this.#bolusCount++
  }

  /**
   * An export made during a day holds that day's total so far, a later one the whole: in two real exports 0.408 U and
   * 12.314 U of the same day. The largest is the day's; they never add up.
   */
  #addAutoTotal(units: number, device: string): void {
    if (units > 0) this.#autoTotals.set(device, Math.max(units, this.#autoTotals.get(device) ?? 0))
  }

  #algorithmUnits(): number | undefined {
    if (this.#autoTotals.size > 0) return [...this.#autoTotals.values()].reduce((sum, units) => sum + units, 0)
    return this.#doseCount > 0 ? this.#doseUnits : undefined
  }

  /** Several totals of one pump for one day (its clock was set) that differ say nothing. Two pumps add up. */
  #pumpTotal(): number | undefined {
    let sum: number | undefined
    for (const totals of this.#pumpTotals.values()) {
      const [total, ...others] = totals
      if (total === undefined || others.length > 0) return undefined
      sum = (sum ?? 0) + total
    }
    return sum
  }

  /** Entries within a quarter of an hour are one meal; food noted again with the same amount is not eaten again. */
  #carbs(): Pick<DayInsulin, 'carbsGrams' | 'carbsExchanges' | 'carbEntries'> {
    const entries = eatenEntries(this.#wizards, this.#food)
    return {
      carbsGrams: entries.reduce((sum, entry) => sum + (entry.carbsGrams ?? 0), 0),
      carbsExchanges: tidy(entries.reduce((sum, entry) => sum + (entry.carbsExchanges ?? 0), 0)),
      carbEntries: mealsOf(entries).length,
    }
  }
}

/** `counted`: what the pump counted, with injections, when it is the whole day's. */
function noteOf(own: number | undefined, auto: number | undefined, counted: number | undefined): DayInsulin['note'] {
  if (auto !== undefined) return 'auto-mode-mixed'
  if (own === undefined) return 'basal-incomplete'
  const differs = counted !== undefined && Math.abs(own - counted) > PUMP_DIFFERENCE * counted
  return differs ? 'differs-from-pump' : undefined
}

/** A pump's record of insulin given or of its basal; an injection is noted by a pump and given by none. */
function tellsOfPump(record: TherapyRecord): boolean {
  if (record.type === 'bolus') return record.subType !== 'injection'
  return pumpTypes.has(record.type)
}

const pumpTypes: ReadonlySet<TherapyRecord['type']> = new Set([
  'autoBasalDose',
  'autoInsulinTotal',
  'basalRate',
  'tempBasal',
  'suspend',
])

/** Sums of amounts with three decimals, without the tail of binary fractions. */
const tidy = (units: number): number => Math.round(units * 10_000) / 10_000
