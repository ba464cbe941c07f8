/**
 * What a pump is doing at a moment, as far as its log tells: the programme's rate, a temporary rate, a suspend; and how
 * each record changes that. `programme.ts` walks a log with it. Source: CareLink sheet §4 and §6, data-model sheet §2.4;
 * what real exports showed stands beside the rule.
 *
 * Records of the same moment come in no order that means anything (the store sorts them by id), so each moment is taken
 * as a whole: clock, proofs of delivery, temporary rates, suspends, rates, rewind.
 */
import type { RecordOf, RecordType, TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceTime, MINUTE_MS, timeOfDayMs } from '#records/time.ts'

/**
 * How long a rate is believed that the log did not speak of again. A Paradigm logs a flat programme only when a fill, a
 * temporary rate or a clock change interrupts it (43 h in one real export, and the pump's own total agreed).
 */
const RATE_HOLDS_MS = 7 * DAY_MS
/** A pump in use logs something every day; a longer silence is a hole in the log. */
export const SILENCE_MS = DAY_MS
/** Programmes change their rate on the half hour, 600 and 700 series and Paradigm alike. */
export const BLOCK_MS = 30 * MINUTE_MS
/** A suspend that no resume ever ended is believed as long. */
const SUSPEND_HOLDS_MS = DAY_MS
/** A bolus may still be logged in the moment of the suspend that cut it short; later it proves delivery. */
const PROOF_AFTER_MS = MINUTE_MS
/** Clock corrections up to here move no more than a few hundredths of a unit; they change nothing. */
export const SMALL_STEP_MS = 5 * MINUTE_MS
/** A clock moved by more (26 h, metrics sheet §13.2) had shown another day, month or year. */
export const LARGE_STEP_MS = 26 * 60 * MINUTE_MS
/** Half of the finest step of a pump's rate, U/h. */
const RATE_STEP = 0.0125

interface Temp {
  readonly from: number
  readonly to: number
  readonly percent?: number
  readonly rateUnitsPerHour?: number
  readonly rateSteps?: 'fine' | 'coarse'
}

interface Stop {
  /** A rewound pump cannot deliver either, until it is filled. */
  readonly by: 'suspend' | 'rewind'
  readonly from: number
  /** Known or believed end. */
  readonly to: number
}

/** `undefined` where the log does not tell. */
export interface PumpState {
  rate: number | undefined
  /** When the log last spoke of `rate`. */
  rateAt: number
  /** Last record of any kind. */
  aliveAt: number
  scheduleName: string | undefined
  /** The programme's blocks as logged in the last days: rate and moment, by time of day. */
  readonly blocks: Map<number, { readonly rate: number; readonly at: number }>
  temp: Temp | undefined
  stop: Stop | undefined
  /** Last record that a clock set back over it would have put out of order. */
  lastSwitchAt: number
}

export const unknownState = (): PumpState => ({
  rate: undefined,
  rateAt: 0,
  aliveAt: 0,
  scheduleName: undefined,
  blocks: new Map(),
  temp: undefined,
  stop: undefined,
  lastSwitchAt: Number.NEGATIVE_INFINITY,
})

/** Kinds of record that change what is delivered, and those that only prove that something was. */
const switchTypes: ReadonlySet<RecordType> = new Set([
  'basalRate',
  'tempBasal',
  'suspend',
  'timeChange',
  'rewind',
  'setting',
])
const proofTypes: ReadonlySet<RecordType> = new Set(['prime', 'bolus', 'autoBasalDose'])

/** Most records change nothing; they need no segment of their own. */
export const mayChange = (state: PumpState, record: TherapyRecord | undefined): boolean =>
  record !== undefined && (switchTypes.has(record.type) || (state.stop !== undefined && proofTypes.has(record.type)))

/** Takes in all records of one moment. */
export function applyMoment(
  state: PumpState,
  moment: readonly TherapyRecord[],
  at: DeviceTime,
  endOfSuspend: ReadonlyMap<DeviceTime, number>,
): void {
  if (state.temp && state.temp.to <= at) state.temp = undefined
  for (const change of ofType(moment, 'timeChange')) changeClock(state, change)
  for (const record of moment) if (state.stop && endsStop(record, state.stop)) state.stop = undefined
  if (moment.some(isProgrammeChange)) state.blocks.clear()
  startTemp(state, ofType(moment, 'tempBasal'), at)
  const wasStopped = state.stop !== undefined
  switchDelivery(state, ofType(moment, 'suspend'), at, endOfSuspend)
  const isRewound = moment.some(record => record.type === 'rewind')
  setRate(state, ofType(moment, 'basalRate'), at, wasStopped || isRewound)
  // Only where the pump logs its rates, so that the one logged after the fill ends it.
  if (isRewound && !state.stop && state.rate !== undefined) {
    state.stop = { by: 'rewind', from: at, to: at + SUSPEND_HOLDS_MS }
  }
}

/** ChangeBasalProfile, ChangeActiveBasalProfilePattern and the like; "Basal pattern A" of a pump that was read. */
const isProgrammeChange = (record: TherapyRecord): boolean =>
  record.type === 'setting' && record.change === 'changed' && /basal ?(profile|pattern)/i.test(record.name)

/** Lets go of what holds no longer. How a suspend without a resume ended nobody said: nothing is known then. */
export function expire(state: PumpState, now: DeviceTime): void {
  if (state.stop && state.stop.to <= now) forget(state)
  if (state.temp && state.temp.to <= now) state.temp = undefined
  if (state.rate !== undefined && rateEnds(state) <= now) state.rate = undefined
}

/** Until when the rate in force is believed. */
export const rateEnds = ({ rateAt, aliveAt }: PumpState): number =>
  Math.min(rateAt + RATE_HOLDS_MS, aliveAt + SILENCE_MS)

/**
 * A Paradigm logs no blocks while a temporary rate runs, but they change what a percentage is of: the programme repeats
 * every day, so the block logged at this time of day before begins.
 */
export function beginBlock(state: PumpState, now: DeviceTime): void {
  if (!state.temp || state.rate === undefined || state.rateAt === now) return
  const block = state.blocks.get(timeOfDayMs(now))
  if (block && block.at > now - RATE_HOLDS_MS) keepRate(state, block.rate, now)
}

/** When the next known block of the programme begins after `now`. */
export function nextBlock({ blocks }: PumpState, now: DeviceTime): number {
  const ahead = [...blocks.keys()].map(timeOfDay => (timeOfDay - timeOfDayMs(now) + DAY_MS - 1) % DAY_MS)
  return now + Math.min(...ahead) + 1
}

/** U/h; `undefined` for a percentage of an unknown rate. */
export function rateOfTemp(
  { percent, rateUnitsPerHour, rateSteps }: Temp,
  rate: number | undefined,
): number | undefined {
  if (rateUnitsPerHour !== undefined) return rateUnitsPerHour
  if (percent === undefined || rate === undefined) return undefined
  const exact = (rate * percent) / 100
  return rateSteps === undefined ? exact : inSteps(exact, rateSteps)
}

/**
 * Down to the pump's steps. A 723's own totals agree on all its days only so: 110 % of 0.75, 0.95 and 0.9 U/h were 0.825,
 * 1.0 and 0.975.
 */
function inSteps(rate: number, steps: 'fine' | 'coarse'): number {
  const perUnit = rate >= 10 ? 10 : rate >= 1 || steps === 'coarse' ? 20 : 40
  // What binary fractions lack must not cost a step.
  return Math.floor(rate * perUnit + 1e-6) / perUnit
}

/** A later temporary rate replaces the running one; duration 0 ends it. */
function startTemp(state: PumpState, starts: readonly RecordOf<'tempBasal'>[], at: DeviceTime): void {
  if (starts.length === 0) return
  state.lastSwitchAt = at
  // Two rows of the same moment: the shorter is what came of it (CareLink sheet §6).
  const start = starts.reduce((shorter, other) => (other.durationMs < shorter.durationMs ? other : shorter))
  const { durationMs, percent, rateUnitsPerHour, rateSteps } = start
  const running = state.temp
  state.temp = undefined
  if (durationMs <= 0) return
  const isSame = running && running.percent === percent && running.rateUnitsPerHour === rateUnitsPerHour
  // A second row with a shorter duration, at the end of just that duration, tells that the running one was cancelled.
  const isReport = isSame && at < running.to && Math.abs(at - running.from - durationMs) <= MINUTE_MS
  if (isReport) return
  state.temp = {
    from: at,
    to: at + durationMs,
    ...(percent === undefined ? {} : { percent }),
    ...(rateUnitsPerHour === undefined ? {} : { rateUnitsPerHour }),
    ...(rateSteps === undefined ? {} : { rateSteps }),
  }
}

/** A suspend and a resume of the same moment leave things as they were: suspended again, or for no time at all. */
function switchDelivery(
  state: PumpState,
  switches: readonly RecordOf<'suspend'>[],
  at: DeviceTime,
  endOfSuspend: ReadonlyMap<DeviceTime, number>,
): void {
  if (switches.length === 0) return
  state.lastSwitchAt = at
  const stops = switches.some(fact => fact.suspended)
  const resumes = switches.some(fact => !fact.suspended)
  if (!stops) {
    state.stop = undefined
    return
  }
  const was = state.stop?.by === 'suspend' ? state.stop : undefined
  if (resumes && !was) return
  state.stop = { by: 'suspend', from: was?.from ?? at, to: endOfSuspend.get(at) ?? at + SUSPEND_HOLDS_MS }
}

/**
 * The programme's rate, out of rows that may also tell the rate delivered: the 600 and 700 series log 0 when suspended,
 * and beside the programme's rate the one changed by a temporary rate (0.9 and 1.17 at 130 %).
 */
function setRate(state: PumpState, rows: readonly RecordOf<'basalRate'>[], at: DeviceTime, wasStopped: boolean): void {
  if (rows.length === 0) return
  if (state.stop?.by === 'rewind') state.stop = undefined
  const [{ scheduleName } = {}] = rows
  if (scheduleName !== state.scheduleName) state.blocks.clear()
  if (scheduleName !== undefined) state.scheduleName = scheduleName
  const told = new Set(rows.map(row => row.rateUnitsPerHour))
  if (state.stop || wasStopped) told.delete(0)
  const rates = [...told]
  const { temp } = state
  const [only] = rates
  if (only === undefined) return
  if (rates.length > 1) {
    const programmed = temp && rates.filter(rate => rates.some(other => other !== rate && isTempOf(temp, rate, other)))
    // Two rates at one moment and no temporary rate that explains it: unknown until the next row.
    if (programmed?.length !== 1 || programmed[0] === undefined) {
      state.rate = undefined
      return
    }
    keepRate(state, programmed[0], at)
    keepBlock(state, programmed[0], at)
    return
  }
  const isOfTemp = temp && (temp.from === at || (wasStopped && !state.stop))
  if (isOfTemp && only !== state.rate && (state.rate === undefined || isTempOf(temp, state.rate, only))) return
  keepRate(state, only, at)
  keepBlock(state, only, at)
}

function keepBlock(state: PumpState, rate: number, at: DeviceTime): void {
  if (at % BLOCK_MS === 0) state.blocks.set(timeOfDayMs(at), { rate, at })
}

function keepRate(state: PumpState, rate: number, at: DeviceTime): void {
  state.rate = rate
  state.rateAt = at
}

function isTempOf(temp: Temp, rate: number, told: number): boolean {
  return Math.abs((rateOfTemp(temp, rate) ?? Number.NaN) - told) <= RATE_STEP
}

/**
 * A set clock. Forward, the programme's rate counts again when the pump logs it, which it does at once. Back, what ran or
 * stopped in the time that was lived twice is forgotten: nobody can say in which order. A clock moved by days starts a
 * new log.
 */
function changeClock(state: PumpState, change: RecordOf<'timeChange'>): void {
  const stepMs = stepOf(change)
  if (Math.abs(stepMs) <= SMALL_STEP_MS) return
  if (Math.abs(stepMs) > LARGE_STEP_MS) forget(state)
  else if (stepMs < 0) {
    if (state.temp || state.stop || state.lastSwitchAt >= change.to) forget(state)
  } else {
    state.rate = undefined
    const { temp } = state
    if (temp) state.temp = { ...temp, from: temp.from + stepMs, to: temp.to + stepMs }
  }
}

/** By how much a clock was set, ms; negative when back. */
export const stepOf = ({ deviceTime, from = deviceTime, to }: RecordOf<'timeChange'>): number => to - from

function forget(state: PumpState): void {
  state.rate = undefined
  state.temp = undefined
  state.stop = undefined
}

function endsStop(fact: TherapyRecord, stop: Stop): boolean {
  if (stop.by === 'rewind' && fact.type === 'prime') return fact.target === 'cannula'
  return provesDelivery(fact, stop.from)
}

/** Insulin that went in after `stoppedAt`: the sign of life that ends a suspend whose resume was never logged. */
export function provesDelivery(fact: TherapyRecord, stoppedAt: number): boolean {
  if (fact.type === 'autoBasalDose') return fact.units > 0 && fact.deviceTime > stoppedAt + PROOF_AFTER_MS
  if (fact.type !== 'bolus' || fact.subType === 'injection') return false
  const units = (fact.normalUnits ?? 0) + (fact.extendedUnits ?? 0)
  return units > 0 && (fact.startTime ?? fact.deviceTime) > stoppedAt + PROOF_AFTER_MS
}

/** For each suspend its resume, when that is the next word about it. */
export function suspendEnds(records: readonly TherapyRecord[]): Map<DeviceTime, number> {
  const ends = new Map<DeviceTime, number>()
  let waiting: DeviceTime[] = []
  let moment: DeviceTime | undefined
  for (const { deviceTime, suspended } of ofType(records, 'suspend')) {
    if (deviceTime !== moment) waiting = waiting.filter(at => at === moment)
    moment = deviceTime
    if (suspended) waiting.push(deviceTime)
    else for (const at of waiting) if (at !== deviceTime) ends.set(at, deviceTime)
  }
  return ends
}

/** The records of one type. */
export function ofType<T extends RecordType>(records: readonly TherapyRecord[], type: T): RecordOf<T>[] {
  return records.filter((record): record is RecordOf<T> => record.type === type)
}
