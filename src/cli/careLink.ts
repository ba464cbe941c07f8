/** What was read from one file as a CareLink file, for `--carelink`. */
import { writeCareLink } from '#files/carelink-csv/write.ts'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import type { Reading } from './reading.ts'

/** The file in pieces, and then, once they are taken, a line that says what is not in it. */
export function careLinkOf({ devices }: Reading) {
  const filled = devices.filter(({ records }) => records.length > 0)
  const days = filled.flatMap(({ records }) => [...byDay(records).keys()])
  const { pieces, counts } = writeCareLink({
    devices: filled.map(({ identity, records }) => ({
      device: identity,
      simulated: false,
      async *records() {
        yield* [...byDay(records)].sort(([a], [b]) => b - a).map(([, ofDay]) => ofDay)
      },
    })),
    firstDay: days.reduce((a, b) => Math.min(a, b), days[0] ?? 0),
    lastDay: days.reduce((a, b) => Math.max(a, b), days[0] ?? 0),
  })
  return {
    pieces,
    summary(): string {
      const { written, leftOut, shortened } = counts()
      const list = (of: typeof leftOut) =>
        Object.entries(of)
          .map(([type, count]) => `${count} ${type}`)
          .join(', ') || 'nothing'
      return `  written ${written}; left out: ${list(leftOut)}; without some details: ${list(shortened)}`
    },
  }
}

function byDay(records: readonly TherapyRecord[]): ReadonlyMap<number, TherapyRecord[]> {
  const days = new Map<number, TherapyRecord[]>()
  for (const record of records) {
    const day = deviceDayOf(record.deviceTime)
    const ofDay = days.get(day)
    if (ofDay) ofDay.push(record)
    else days.set(day, [record])
  }
  return days
}
