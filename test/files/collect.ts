/** Reads a file with an importer and keeps all that it says, with ids as the store makes them. */
import type { Importer } from '#files/importer.ts'
import { deviceKeyOf, recordIdOf } from '#records/identity.ts'
import type { DeviceIdentity, RecordOf, RecordType, Skipped, TherapyRecord } from '#records/records.ts'

export interface Found {
  readonly devices: readonly DeviceIdentity[]
  readonly records: readonly { readonly device: number; readonly record: TherapyRecord }[]
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly string[]
  /** Values of `progress`, in order. */
  readonly progress: readonly number[]
}

/** The bytes in pieces of `pieceBytes`. */
export async function* inPieces(bytes: Uint8Array, pieceBytes = 60_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

export async function collect(
  importer: Importer,
  bytes: AsyncIterable<Uint8Array> | Uint8Array | string,
): Promise<Found> {
  const devices: DeviceIdentity[] = []
  const records: { device: number; record: TherapyRecord }[] = []
  const skipped: Skipped[] = []
  const warnings: string[] = []
  const progress: number[] = []
  const whole = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  await importer.read(whole instanceof Uint8Array ? inPieces(whole) : whole, {
    device: identity => devices.push(identity) - 1,
    record: (device, record) => void records.push({ device, record }),
    skipped: row => void skipped.push(row),
    warning: text => void warnings.push(text),
    progress: read => void progress.push(read),
  })
  return { devices, records, skipped, warnings, progress }
}

export const ofType = <T extends RecordType>(found: Found, type: T, device?: number): RecordOf<T>[] =>
  found.records
    .filter(entry => device === undefined || entry.device === device)
    .map(({ record }) => record)
    .filter((record): record is RecordOf<T> => record.type === type)

/** Ids in emission order; otherwise identical records are numbered 0, 1, … */
export function idsOf({ devices, records }: Found): string[] {
  const seen = new Map<string, number>()
  return records.map(({ device, record }) => {
    const identity = devices[device]
    if (!identity) throw new Error('a record of a device that was never named')
    const key = deviceKeyOf(identity)
    const first = recordIdOf(key, record, 0)
    const ordinal = seen.get(first) ?? 0
    seen.set(first, ordinal + 1)
    return ordinal === 0 ? first : recordIdOf(key, record, ordinal)
  })
}
