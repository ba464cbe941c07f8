/**
 * Settings that were changed on the pump, out of its history: one `setting` record for each history record. Values from
 * before the change have names that begin with "before ". Clock changes (17, 18) are a pair and not here.
 * Source: paradigm sheet §6.8.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { Setting } from '#records/records.ts'
import type { Family } from './family.ts'
import { RATE_STEPS_PER_UNIT } from './family.ts'
import type { HistoryRecord } from './historyPage.ts'
import { basalValues, PATTERNS, readBasalProfile } from './schedules.ts'
import { alertText, tempBasalTypeOf } from './settings.ts'
import { sensorSetup522, sensorSetupLarge } from './sensorChanges.ts'
import { baseOf, isTimed } from './therapy.ts'
import { before, type Values } from './values.ts'
import { wizardSetup } from './wizardSetup.ts'

/** The record of a change of settings; `undefined` for any other record and for one without a time. */
export function recordOfSettingChange(record: HistoryRecord, family: Family): Setting | undefined {
  const reader = READERS.get(record.opcode)
  if (!reader || !isTimed(record)) return undefined
  const [name, values] = reader({
    head: record.bytes[1] ?? 0,
    body: bodyOf(record),
    spareHour: record.spare.hour,
    family,
  })
  return { type: 'setting', ...baseOf(record), name, change: 'changed', values }
}

interface Change {
  /** The byte behind the opcode. */
  readonly head: number
  /** What follows the time. */
  readonly body: Uint8Array
  /** The three bits above the hour. */
  readonly spareHour: number
  readonly family: Family
}

type Reader = (change: Change) => readonly [name: string, values: Values]

const bodyOf = ({ bytes, dateAt }: HistoryRecord): Uint8Array => bytes.subarray((dateAt ?? 2) + 5)
const onOff = (head: number): string => ((head & 1) === 1 ? 'on' : 'off')
const patternOf = (number: number): string => PATTERNS[number] ?? `number ${number}`

/** On or off by the head's lowest bit. */
const toggle =
  (group: string, name: string): Reader =>
  ({ head }) => [group, { [name]: onOff(head) }]

/** Known to be a change of this setting; what it says is not known for sure, so it is kept as hex. */
const raw =
  (group: string, name: string): Reader =>
  ({ head, body }) => [group, { [name]: 'changed', Bytes: hexFromBytes(Uint8Array.of(head, ...body)) }]

/** Old (08) and new (09) profile; the head counts its segments, the spare bits of the hour name the pattern. */
function basalProfile({ body, spareHour }: Change): readonly [string, Values] {
  const segments = readBasalProfile(body, false)
  const name = `Basal pattern ${patternOf(spareHour)}`
  if (!segments) return [name, { Rates: 'not readable' }]
  return [name, segments.length === 0 ? { Rates: 'none' } : basalValues(segments)]
}

/** Three-byte numbers at these offsets of the body; 0 where there is none. */
const idsAt = (body: Uint8Array, offsets: readonly number[]): string =>
  offsets
    .map(at => hexFromBytes(body.subarray(at, at + 3)).toUpperCase())
    .filter(id => id !== '' && id !== '000000')
    .join(', ') || 'none'

const READERS: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [
    0x08,
    change => {
      const [name, values] = basalProfile(change)
      return [name, before(values)]
    },
  ],
  [0x09, basalProfile],
  [
    0x14,
    ({ head, spareHour }) => [
      'Basal',
      { 'Active pattern': patternOf(spareHour), ...before({ 'Active pattern': patternOf(head) }) },
    ],
  ],
  [0x1b, ({ head }) => ['Alerts', { 'Auto-off': head === 0 ? 'off' : `${head} h` }]],
  [0x22, ({ head }) => ['Pump', { 'Settings cleared': String(head) }]],
  [0x23, toggle('Alerts', 'Block')],
  // The head alone holds no more than 6.375 U; where the rest stands is not certain.
  [0x24, raw('Bolus', 'Maximum bolus')],
  [
    0x26,
    ({ head, body }) => ['Remotes and meters', { 'Remote control': onOff(head), Remotes: idsAt(body, [1, 4, 8]) }],
  ],
  [
    0x2c,
    ({ head, spareHour }) => ['Basal', { 'Maximum basal': `${(head + (spareHour << 8)) / RATE_STEPS_PER_UNIT} U/h` }],
  ],
  [0x2d, toggle('Bolus wizard', 'Wizard')],
  [0x31, ({ head }) => ['Reminders', { 'Glucose reminder after': `${head * 15} min` }]],
  [0x36, ({ head, body }) => ['Remotes and meters', { 'Linked meter': onOff(head), Meters: idsAt(body, [1, 4, 8]) }]],
  [0x3c, ({ head, body }) => ['Remotes and meters', { 'Linked meter': onOff(head), Meters: idsAt(body, [1, 4, 8]) }]],
  [0x44, toggle('Sensor', 'Automatic calibration')],
  [0x4f, ({ body }) => ['Sensor', sensorSetup522(body)]],
  [0x50, ({ body, family }) => ['Sensor', sensorSetupLarge(body, family)]],
  // A Veo of 2011 wrote 06 and CareLink's export says six minutes; its demonstration 01 and "true".
  [0x51, ({ head }) => ['Sensor', { 'Graph timeout': `${head} min` }]],
  [0x52, toggle('Sensor', 'Graph demonstration')],
  [
    0x53,
    ({ head, body, spareHour }) => [
      'Alert silence',
      { Alerts: SILENCED.get(head) ?? `number ${head}`, Time: `${(spareHour << 8) + (body[0] ?? 0)} min` },
    ],
  ],
  [0x54, raw('Sensor', 'Glucose limits')],
  [0x55, raw('Sensor', 'Predictive alerts')],
  [0x56, raw('Sensor', 'Rate of change alerts')],
  [0x57, ({ head }) => ['Bolus', { 'Scroll step': `${head / 1000} U` }]],
  [0x5a, ({ head, body, family }) => ['Bolus wizard', wizardSetup(head, body, family)]],
  [0x5d, ({ head }) => ['Pump', { 'Settings saved': String(head) }]],
  [0x5e, toggle('Bolus', 'Dual and square bolus')],
  // Steps of 0.05 U, counted in twentieths so that 0.15 is 0.15.
  [0x5f, ({ head }) => ['Bolus', { 'Easy bolus': onOff(head), 'Easy bolus step': `${(head >> 1) / 20} U` }]],
  [0x60, toggle('Reminders', 'Glucose reminder')],
  [0x61, toggle('Reminders', 'Alarm clock')],
  [0x62, ({ head }) => ['Basal', { 'Temporary basal type': tempBasalTypeOf(head) }]],
  [0x63, ({ head }) => ['Alerts', { Alert: alertText(head) }]],
  [0x64, ({ head }) => ['Alerts', { 'Time format': head === 1 ? '24 hours' : '12 hours' }]],
  [
    0x65,
    ({ head }) => ['Alerts', { 'Low reservoir warning': (head & 1) === 0 ? `${head >> 2} U` : `${(head >> 2) / 2} h` }],
  ],
  [0x66, toggle('Reminders', 'Bolus reminder')],
  [0x67, raw('Reminders', 'Bolus reminder set')],
  [0x68, raw('Reminders', 'Bolus reminder deleted')],
  [0x6f, raw('Bolus wizard', 'Carb units')],
  [0x7c, toggle('Remotes and meters', 'Other devices')],
  [0x7d, raw('Remotes and meters', 'Other device set')],
  [0x7e, raw('Sensor', 'Low suspend limit')],
  [0x7f, raw('Sensor', 'Low suspend')],
  [0x81, raw('Remotes and meters', 'Other device paired')],
  [0x82, raw('Remotes and meters', 'Other device deleted')],
  [0x83, toggle('Alerts', 'Capture event')],
])

/** Which alerts 53 silences. */
const SILENCED: ReadonlyMap<number, string> = new Map([
  [0, 'off'],
  [1, 'high'],
  [2, 'low'],
  [4, 'high and low'],
  [8, 'all'],
])
