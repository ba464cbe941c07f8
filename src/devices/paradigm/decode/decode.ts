/**
 * What a Paradigm pump's replies and pages mean. Pure; never throws, whatever the download holds. The parts: `settings*`
 * (replies), `facts*` over `therapy*` (history pages), `cgm*` (sensor pages). Source: paradigm sheet §4, §6, §7, §8.
 */
import type { DeviceIdentity, Skipped, TherapyRecord, TimeChange } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import type { Decoded, Download, Page } from '../../driver.ts'
import { readCgm } from './cgmPages.ts'
import { familyOf } from './family.ts'
import { addFactsOf } from './facts.ts'
import { readLog } from './factsLog.ts'
import { addProgramme } from './factsProgramme.ts'
import type { Facts } from './factsRun.ts'
import { type Programme, unknownProgramme } from './programmeStates.ts'
import { PATTERNS } from './schedules.ts'
import { settingRecords } from './settingRecords.ts'
import { type PumpSettings, readSettings, type Replies, repliesOf } from './settings.ts'
import { isTimed } from './therapy.ts'

const MODEL = 0x8d
const HISTORY_COUNTER = 0x9d
const PAGE_KINDS: ReadonlySet<string> = new Set(['reply', 'history', 'glucose', 'isig'])
/** The sensor's log writes a clock change with whole minutes. */
const SAME_CLOCK_CHANGE_MS = 2 * MINUTE_MS

export function decode(download: Download): Decoded {
  const { pages } = download
  const replies = repliesOf(pages)
  const family = familyOf(modelIn(replies))
  if (!family) return nothing(download, 'the reply that names the pump’s model is missing, or the model is not known')
  const settings = readSettings(replies, family)
  const clock = settings.clock ?? download.clock?.device
  const log = readLog(pages, family, counterIn(replies))
  const facts: Facts = { records: [], skipped: log.skipped }
  for (const { records: run, isNewest } of log.runs) {
    // Without a clock nothing later than the last record is known.
    const now = isNewest ? (clock ?? run.findLast(isTimed)?.time) : undefined
    addFactsOf(run, family, now, facts)
    if (!family.isLarge) addProgramme(run, isNewest ? programmeOf(settings) : unknownProgramme, now, facts)
  }
  const current = settingRecords(pages, family, download.clock?.device)
  const sensor = readCgm(pages, family)
  const { records, skipped } = withoutSensorClock(sensor.records, facts.records)
  return {
    device: identityOf(download.device, settings),
    records: [...current.records, ...facts.records, ...records],
    skipped: [...current.skipped, ...facts.skipped, ...sensor.skipped, ...skipped, ...pages.flatMap(strangeKind)],
  }
}

/** "522" out of its length and the digits; empty when there is none. */
function modelIn(replies: Replies): string {
  const bytes = replies.get(MODEL)?.bytes ?? new Uint8Array(0)
  return String.fromCharCode(...bytes.subarray(1, 1 + Math.min(bytes[0] ?? 0, 3)))
}

/** The number of the history page that is being filled. */
function counterIn(replies: Replies): number | undefined {
  const bytes = replies.get(HISTORY_COUNTER)?.bytes
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0)
}

function programmeOf({ profiles, selectedPattern }: PumpSettings): Programme {
  return {
    profiles: PATTERNS.map(pattern => {
      const profile = profiles.find(other => other.pattern === pattern)
      if (!profile) return undefined
      const { page, bytes } = profile.reply
      return { segments: profile.segments, raw: { page, offset: 0, length: bytes.length } }
    }),
    selected: selectedPattern && PATTERNS.indexOf(selectedPattern),
  }
}

/** The read has made sure of the serial number already; the firmware may have come later. */
function identityOf(device: DeviceIdentity, { firmware }: PumpSettings): DeviceIdentity {
  return firmware === undefined || firmware === '' ? device : { ...device, firmware }
}

/**
 * The sensor's log tells of each set clock once more, to the minute. As a record of its own it would count twice
 * whenever both pages are read, so the pump's own is the only one.
 */
function withoutSensorClock(
  sensor: readonly TherapyRecord[],
  history: readonly TherapyRecord[],
): { records: TherapyRecord[]; skipped: Skipped[] } {
  const own = history.filter((record): record is TimeChange => record.type === 'timeChange')
  const records: TherapyRecord[] = []
  const skipped: Skipped[] = []
  for (const record of sensor) {
    if (record.type !== 'timeChange') {
      records.push(record)
      continue
    }
    const isTold = own.some(
      ({ to, deviceTime }) => to === record.to && Math.abs(deviceTime - record.deviceTime) <= SAME_CLOCK_CHANGE_MS,
    )
    const reason = isTold
      ? 'a clock change that the pump’s own log tells, too'
      : 'a clock change in the sensor’s log; the page of the pump’s own log that tells it was not read'
    for (const ref of [record.raw, ...(record.supporting ?? [])]) {
      skipped.push(isTold ? { ...ref, reason, holdsNothing: true } : { ...ref, reason })
    }
  }
  return { records, skipped }
}

function strangeKind({ kind, bytes }: Page, page: number): Skipped[] {
  if (PAGE_KINDS.has(kind) || bytes.length === 0) return []
  return [{ page, offset: 0, length: bytes.length, reason: 'a page of a kind that this pump does not have' }]
}

const nothing = ({ device, pages }: Download, reason: string): Decoded => ({
  device,
  records: [],
  skipped: pages.flatMap(({ bytes }, page) =>
    bytes.length === 0 ? [] : [{ page, offset: 0, length: bytes.length, reason }],
  ),
})
