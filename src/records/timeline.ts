/**
 * A device's clock through the years: which instant a wall time of it was. Walks back from the newest data through the
 * clock changes that the device logged ("bootstrapping to UTC"). Pure; records do not change when a timeline does.
 * Source: metrics sheet §13.1 and §13.2, sync sheet §2.1.
 */
import { type DeviceTime, HOUR_MS, MINUTE_MS } from './time.ts'
import { offsetMinutesAt, utcFromWallTime } from './zones.ts'

/** The clock was set from one wall time to another. */
export interface ClockChange {
  readonly from: DeviceTime
  readonly to: DeviceTime
  /** Wall time of the record that tells of it. */
  readonly deviceTime: DeviceTime
  /** Place in the order in which the device logged things, rising; not the wall time. */
  readonly index: number
}

/** `deviceTime` = UTC + offset + conversion; the drift is kept for audit and not applied. */
export interface Instant {
  readonly utcMs: number
  /** Minutes east of UTC. */
  readonly offsetMinutes: number
  /** Whole days, months or years that the clock was wrong by, ms. */
  readonly conversionMs: number
  /** Device clock against real time, ms, as later corrections showed it. */
  readonly driftMs: number
  /** Found by its wall time alone, which may have been shown twice. */
  readonly isUncertain: boolean
}

/** Gives the instant of a wall time; `index` where the record has one. `undefined` when it fits nowhere. */
export type Timeline = (deviceTime: DeviceTime, index?: number) => Instant | undefined

interface Interval {
  readonly fromIndex: number
  readonly toIndex: number
  readonly fromUtcMs: number
  readonly toUtcMs: number
  readonly offsets: Offsets
}

interface Offsets {
  readonly offsetMinutes: number
  readonly conversionMs: number
  readonly driftMs: number
}

/** A clock moved by more had shown another day, month or year: 26 hours, between the zones furthest apart. */
const LARGEST_TRAVEL_MINUTES = 26 * 60
const EASTMOST_MINUTES = 14 * 60
const WESTMOST_MINUTES = -12 * 60
const DAY_MINUTES = 24 * 60

/**
 * Makes the timeline of a device. `zone` is the IANA zone of its newest data, `mostRecentUtcMs` the instant of the
 * newest record. Without changes every wall time is read in the zone, daylight saving included.
 */
export function timelineOf(zone: string, mostRecentUtcMs: number, changes: readonly ClockChange[]): Timeline {
  if (changes.length === 0) return deviceTime => inZone(zone, deviceTime)
  const intervals = intervalsOf(zone, mostRecentUtcMs, changes)
  return (deviceTime, index) => {
    const interval = intervals.find(({ offsets, fromUtcMs, toUtcMs, fromIndex, toIndex }) => {
      if (index !== undefined) return index > fromIndex && index <= toIndex
      const utcMs = utcOf(deviceTime, offsets)
      return utcMs > fromUtcMs && utcMs <= toUtcMs
    })
    if (!interval) return undefined
    const { offsets } = interval
    return { utcMs: utcOf(deviceTime, offsets), ...offsets, isUncertain: index === undefined }
  }
}

/** How far a device's clock is off: `right` to 2 minutes, `off` to 15, else `wrong`, and the person is asked. */
export type ClockVerdict = 'right' | 'off' | 'wrong'

/** Judges device clock minus computer clock, ms (sync sheet §2.1). A wrong day or year is always wrong. */
export function clockVerdict(differenceMs: number): ClockVerdict {
  const difference = Math.abs(differenceMs)
  if (difference <= 2 * MINUTE_MS) return 'right'
  return difference <= 15 * MINUTE_MS ? 'off' : 'wrong'
}

function inZone(zone: string, deviceTime: DeviceTime): Instant {
  const utcMs = utcFromWallTime(zone, deviceTime)
  const offsetMinutes = offsetMinutesAt(zone, utcMs)
  return { utcMs, offsetMinutes, conversionMs: 0, driftMs: 0, isUncertain: false }
}

/** Newest first. */
function intervalsOf(zone: string, mostRecentUtcMs: number, changes: readonly ClockChange[]): Interval[] {
  const newestFirst = [...changes].sort((a, b) => b.index - a.index)
  const intervals: Interval[] = []
  let offsets: Offsets = { offsetMinutes: offsetMinutesAt(zone, mostRecentUtcMs), conversionMs: 0, driftMs: 0 }
  let toIndex = Number.POSITIVE_INFINITY
  let toUtcMs = Number.POSITIVE_INFINITY
  for (const change of newestFirst) {
    const isNewest = intervals.length === 0
    const { deviceTime } = change
    const fromUtcMs = isNewest ? utcFromWallTime(zone, deviceTime) : utcOf(deviceTime, offsets)
    intervals.push({ fromIndex: change.index, toIndex, fromUtcMs, toUtcMs, offsets })
    offsets = stepBack(offsets, change.from - change.to)
    toIndex = change.index
    toUtcMs = fromUtcMs
  }
  const fromIndex = Number.NEGATIVE_INFINITY
  intervals.push({ fromIndex, toIndex, fromUtcMs: Number.NEGATIVE_INFINITY, toUtcMs, offsets })
  return intervals
}

/** Offsets before a change by `differenceMs` (from minus to), out of those after it. */
function stepBack({ offsetMinutes, conversionMs, driftMs }: Offsets, differenceMs: number): Offsets {
  const minutes = Math.trunc(differenceMs / MINUTE_MS)
  // Halves go up: 15 becomes 30, -15 becomes 0 (Math.round does just that; + 0 turns -0 into 0).
  const rounded = Math.round(minutes / 30) * 30 + 0
  if (Math.abs(rounded) > LARGEST_TRAVEL_MINUTES) {
    return { offsetMinutes, conversionMs: conversionMs + differenceMs, driftMs }
  }
  let offset = offsetMinutes + rounded
  let conversion = conversionMs
  for (; offset > EASTMOST_MINUTES; offset -= DAY_MINUTES) conversion += 24 * HOUR_MS
  for (; offset < WESTMOST_MINUTES; offset += DAY_MINUTES) conversion -= 24 * HOUR_MS
  return { offsetMinutes: offset, conversionMs: conversion, driftMs: driftMs + differenceMs - rounded * MINUTE_MS }
}

const utcOf = (deviceTime: DeviceTime, { offsetMinutes, conversionMs }: Offsets): number =>
  deviceTime - offsetMinutes * MINUTE_MS - conversionMs
