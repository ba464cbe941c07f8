/** A MiniMed 640G behind its link meter, for the bench: the meter's USB side, and a memory whose contents are known. */
import { models } from '#devices/minimed-600/models.ts'
import { plugIn } from '#devices/minimed-600/simulator.ts'
import { answersOf } from '#devices/minimed-600/simulate/memory.ts'
import { createPump } from '#devices/minimed-600/simulate/pump.ts'
import { blocksOf, packBlocks, write } from '#devices/minimed-600/simulate/writeEvents.ts'
import { macOfSerial } from '#devices/minimed-600/talk/linkKey.ts'
import type { Simulator } from '#devices/driver.ts'
import { type DeviceTime, HOUR_MS, shifted } from '#records/time.ts'
import { hid } from '../personalities.ts'
import type { Subject } from './subject.ts'

export interface PumpOptions {
  /** How many finger-sticks it remembers, one every two hours; 200 are three slices, of which 119 results come with the first. */
  readonly count: number
  /** What the simulator is put through before it is used. */
  readonly through?: (simulator: Simulator) => Simulator
}

const FIRST_RTC = 0x80000000
const SECONDS_TO_2000 = 946_684_800
const STEP_HOURS = 2
/** A report, both ways counted, while the second of the three slices of 200 finger-sticks is on its way. */
const SECOND_SLICE = 340

let pumps = 0

/** A pump with `count` finger-sticks, the last of them two hours ago, and a serial number of its own. */
export function pump600({ count, through = simulator => simulator }: PumpOptions): Subject {
  const [model] = models
  const connection = model?.connections[0]
  if (!model || !connection) throw new Error('no model')
  const now = shifted(0 as DeviceTime, 1000 * Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / 1000))
  const number = String(++pumps).padStart(7, '0')
  const serial = `NG${number}H`
  const mac = macOfSerial(serial) ?? new Uint8Array(8)
  // It is as old as its memory, so that nothing older is asked for.
  const rtc = FIRST_RTC + (count + 2) * STEP_HOURS * 3600
  const offset = now / 1000 - SECONDS_TO_2000 - rtc
  const hoursAgo = (i: number) => (count - i) * STEP_HOURS
  const values = Array.from({ length: count }, (_, i) => ({
    kind: 'smbg',
    time: shifted(now, -hoursAgo(i) * HOUR_MS),
    value: 80 + ((i * 37) % 160),
    units: 'mg/dL',
  }))
  const events = values.map(({ value }, i) =>
    write.fingerstick({ rtc: rtc - hoursAgo(i) * 3600, offset }, value, 0, `BG${number}B`),
  )
  const end = {
    at: { rtc, offset },
    reservoir: 1_500_000,
    rate: 8_000,
    active: 0,
    lastBolus: { at: now, units: 0, number: 0 },
    sensor: { at: { rtc, offset }, stored: 0 },
    isSuspended: false,
  }
  const pump = createPump({
    memory: {
      rtc,
      offset,
      ...answersOf({ end, books: [] }, { serial, mac, modelNumber: 'MMT-1712' }),
      blocks: { 2: blocksOf(events), 3: [] },
      pack: packBlocks,
    },
  })
  const key = Uint8Array.from({ length: 16 }, (_, i) => 16 * i + pumps)
  return {
    model,
    connection,
    personality: hid({ ...connection, product: 'Contour Link USB Device', serial: `000000000${number}` }),
    simulator: through(plugIn({ meterNumber: number }, now, { linked: { mac, key, channel: 0x11, pump } })),
    serial,
    values,
    // The status, four settings, eight patterns.
    others: { setting: 13 },
    middle: SECOND_SLICE,
  }
}
