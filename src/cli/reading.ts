/**
 * Takes what a decoder finds in one file: gives records their ids, picks those wished for, counts everything. Lines are
 * handed on in `lines` and taken away by whoever prints them.
 */
import { ImportError, type ImportSink } from '#files/importer.ts'
import { deviceKeyOf, recordIdOf } from '#records/identity.ts'
import type { DeviceIdentity, Skipped, TherapyRecord } from '#records/records.ts'
import { type DeviceTime, isoFromDeviceTime } from '#records/time.ts'
import type { Wishes } from './arguments.ts'
import { recordLine, skippedLine } from './lines.ts'

interface DeviceCount {
  readonly identity: DeviceIdentity
  readonly key: string
  readonly byType: Map<string, number>
  /** Kept only for a CareLink file, which begins with the newest. */
  readonly records: TherapyRecord[]
  from: number
  to: number
}

export class Reading implements ImportSink {
  readonly #file: string
  readonly #wishes: Wishes
  readonly #devices: DeviceCount[] = []
  readonly #reasons = new Map<string, number>()
  readonly #warnings = new Set<string>()
  /** How many records so far have this id but for their ordinal (sync sheet §2.2). */
  readonly #seen = new Map<string, number>()
  #lines: string[] = []

  constructor(file: string, wishes: Wishes) {
    this.#file = file
    this.#wishes = wishes
  }

  /** Records found so far, wished for or not. */
  get recordCount(): number {
    return sumOf(this.#devices.flatMap(({ byType }) => [...byType.values()]))
  }

  get skippedCount(): number {
    return sumOf(this.#reasons.values())
  }

  device(identity: DeviceIdentity): number {
    const key = deviceKeyOf(identity)
    const known = this.#devices.findIndex(device => device.key === key)
    if (known >= 0) return known
    this.#devices.push({
      identity,
      key,
      byType: new Map(),
      records: [],
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
    })
    return this.#devices.length - 1
  }

  record(device: number, record: TherapyRecord): void {
    const count = this.#devices[device]
    if (!count) throw new ImportError('bug', `a record of device ${device}, which was never named`)
    const id = this.#idOf(count.key, record)
    count.byType.set(record.type, (count.byType.get(record.type) ?? 0) + 1)
    count.from = Math.min(count.from, record.deviceTime)
    count.to = Math.max(count.to, record.deviceTime)
    if (!this.#isWished(record)) return
    if (this.#wishes.careLink) count.records.push(record)
    else this.#lines.push(recordLine(id, count.key, this.#file, record))
  }

  skipped(skipped: Skipped): void {
    this.#reasons.set(skipped.reason, (this.#reasons.get(skipped.reason) ?? 0) + 1)
    if (this.#wishes.skipped && !this.#wishes.careLink) this.#lines.push(skippedLine(this.#file, skipped))
  }

  warning(text: string): void {
    this.#warnings.add(text)
  }

  progress(): void {}

  /** The lines since the last call. */
  takeLines(): readonly string[] {
    const lines = this.#lines
    this.#lines = []
    return lines
  }

  /** The devices with the records wished for; without records unless a CareLink file is wished for. */
  get devices(): readonly { readonly identity: DeviceIdentity; readonly records: readonly TherapyRecord[] }[] {
    return this.#devices
  }

  /** What the file held, for a person, line by line. */
  summary(): readonly string[] {
    return [
      ...this.#devices.map(deviceSummary),
      ...(this.skippedCount > 0 ? [`  skipped ${this.skippedCount}`, ...this.#reasonsByCount()] : []),
      ...[...this.#warnings].map(text => `  note: ${text}`),
    ]
  }

  #idOf(deviceKey: string, record: TherapyRecord): string {
    const first = recordIdOf(deviceKey, record, 0)
    const ordinal = this.#seen.get(first) ?? 0
    this.#seen.set(first, ordinal + 1)
    return ordinal === 0 ? first : recordIdOf(deviceKey, record, ordinal)
  }

  #isWished({ type, deviceTime }: TherapyRecord): boolean {
    const { types, from, to } = this.#wishes
    return (
      (types.size === 0 || types.has(type)) &&
      (from === undefined || deviceTime >= from) &&
      (to === undefined || deviceTime < to)
    )
  }

  #reasonsByCount(): string[] {
    return [...this.#reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => `    ${count} × ${reason}`)
  }
}

function deviceSummary({ identity, key, byType, from, to }: DeviceCount): string {
  const counts = [...byType].map(([type, count]) => `${count} ${type}`).join(', ')
  // Times of records, so DeviceTime.
  const when = from <= to ? `, ${isoFromDeviceTime(from as DeviceTime)} to ${isoFromDeviceTime(to as DeviceTime)}` : ''
  return `  ${identity.model} ${identity.serial} (${key}): ${counts || 'no records'}${when}`
}

const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, number) => sum + number, 0)
