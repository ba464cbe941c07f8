/** A pump's log made by hand: records with what a test does not look at filled in. */
import type { TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Stored } from '#reports/models.ts'
import { wall } from './glucose.ts'

type Bare<T> = T extends TherapyRecord ? Omit<T, 'deviceTime' | 'identity' | 'raw'> : never

/** One record at "2024-03-01T08:00", or at that many ms. */
export function logged(
  at: string | number,
  record: Bare<TherapyRecord>,
  sourceKey = 'pump:file:x',
): Stored<TherapyRecord> {
  const deviceTime = typeof at === 'string' ? wall(at) : (at as DeviceTime)
  const raw = { page: 0, offset: 0, length: 0 }
  // The record is whole but for what is added here.
  const whole = { ...record, deviceTime, identity: '', raw } as TherapyRecord
  return { ...whole, id: `${deviceTime} ${record.type}`, sourceKey, artifactId: '' }
}

export const rate = (at: string | number, rateUnitsPerHour: number) =>
  logged(at, { type: 'basalRate', rateUnitsPerHour })
export const tempPercent = (at: string | number, percent: number, minutes: number) =>
  logged(at, { type: 'tempBasal', percent, durationMs: minutes * 60_000 })
export const tempRate = (at: string | number, rateUnitsPerHour: number, minutes: number) =>
  logged(at, { type: 'tempBasal', rateUnitsPerHour, durationMs: minutes * 60_000 })
export const suspend = (at: string | number) =>
  logged(at, { type: 'suspend', suspended: true, rawReason: 'USER_SUSPEND' })
export const resume = (at: string | number) =>
  logged(at, { type: 'suspend', suspended: false, rawReason: 'NORMAL_PUMPING' })
export const bolus = (at: string | number, normalUnits: number) =>
  logged(at, { type: 'bolus', subType: 'normal', normalUnits })
export const dose = (at: string | number, units: number) => logged(at, { type: 'autoBasalDose', units })
export const clockSet = (from: string | number, to: string) =>
  logged(from, { type: 'timeChange', to: wall(to), ...(typeof from === 'string' ? { from: wall(from) } : {}) })
