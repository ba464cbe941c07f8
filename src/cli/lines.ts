/** Records as lines of JSON, as the `records` command prints them. */
import type { RawRef, Skipped, TherapyRecord } from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'

/** Fields that hold a moment of the device's clock. */
const timeFields: ReadonlySet<string> = new Set(['startTime', 'to', 'from'])

/** One record: what it is, whose, when on the device's clock, what it says, and where its bytes stand. */
export function recordLine(id: string, deviceKey: string, file: string, record: TherapyRecord): string {
  const { type, deviceTime, raw, supporting, ...fields } = record
  return `${JSON.stringify({
    id,
    type,
    deviceKey,
    deviceTime: isoFromDeviceTime(deviceTime),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, printable(name, value)])),
    raw: { file, ...refOf(raw) },
    ...(supporting ? { supporting: supporting.map(refOf) } : {}),
  })}\n`
}

/** Bytes that gave no record, with the reason. */
export function skippedLine(file: string, skipped: Skipped): string {
  const { reason, line } = skipped
  return `${JSON.stringify({
    type: 'skipped',
    reason,
    raw: { file, ...refOf(skipped), ...(line === undefined ? {} : { line }) },
  })}\n`
}

const refOf = ({ page, offset, length }: RawRef): RawRef => ({ page, offset, length })

const printable = (name: string, value: unknown): unknown =>
  // The fields named are DeviceTime in every record type that has them.
  timeFields.has(name) && typeof value === 'number' ? new Date(value).toISOString().slice(0, 19) : value
