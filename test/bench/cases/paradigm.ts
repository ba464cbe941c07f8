/**
 * A Paradigm pump behind the white CareLink stick or a Contour NEXT LINK, for the bench: the bridge's USB side, and a
 * memory whose contents are known.
 */
import { models } from '#devices/paradigm/models.ts'
import { createPump, type PumpMemory } from '#devices/paradigm/simulate/pump.ts'
import { createLink } from '#devices/paradigm/simulate/link.ts'
import { createStick } from '#devices/paradigm/simulate/stick.ts'
import { historyPages } from '#devices/paradigm/simulate/writePages.ts'
import { glucoseRecords } from '#devices/paradigm/simulate/writeRecords.ts'
import type { Simulator } from '#devices/driver.ts'
import { type DeviceTime, HOUR_MS, shifted } from '#records/time.ts'
import { hid, vendorBulk } from '../personalities.ts'
import { DEFAULT_PACKET_BYTES } from '../usbip/descriptors.ts'
import type { Personality } from '../usbip/device.ts'
import type { Subject } from './subject.ts'

export interface PumpOptions {
  /** How many finger-sticks it remembers; 146 fill a page, and a part of the memory is only there with more. */
  readonly count: number
  /** What the simulator is put through before it is used. */
  readonly through?: (simulator: Simulator) => Simulator
}

const MODEL_ID = 'paradigm-522-722'
/** Transfers up to the first history page when the stick answers at once, and with it. */
const BEFORE_PAGES = 428
const PAGE_TRANSFERS = 54
/** The same as reports of the meter. */
const BEFORE_LINK_PAGES = 156
const LINK_PAGE_REPORTS = 27

let pumps = 0

/** Behind the stick. */
export function stickPump(options: PumpOptions): Subject {
  const { connection, pump, answersOf, ...rest } = remembering('usb', options)
  const stick = vendorBulk({ ...connection, product: 'CareLink USB', serial: `STICK${pumps}` })
  return {
    ...rest,
    connection,
    personality: withoutEmptyPackets(stick),
    simulator: answersOf(createStick(pump)),
    middle: BEFORE_PAGES + PAGE_TRANSFERS + 10,
  }
}

/** Behind the meter. */
export function linkPump(options: PumpOptions): Subject {
  const { connection, pump, answersOf, ...rest } = remembering('hid', options)
  return {
    ...rest,
    connection,
    personality: hid({ ...connection, product: 'Contour NEXT LINK', serial: `LINK${pumps}` }),
    simulator: answersOf(createLink(pump)),
    middle: BEFORE_LINK_PAGES + LINK_PAGE_REPORTS + 10,
  }
}

/** A pump with `count` finger-sticks, one an hour and the last of them just now, and a serial number of its own. */
function remembering(transport: 'usb' | 'hid', { count, through = simulator => simulator }: PumpOptions) {
  const model = models.find(({ id }) => id === MODEL_ID)
  const connection = model?.connections.find(one => one.transport === transport)
  if (!model || !connection) throw new Error(`no model ${MODEL_ID} by ${transport}`)
  const clock = (Date.now() - new Date().getTimezoneOffset() * 60_000) as DeviceTime // The wall clock, as ms.
  const serial = `0009${String(++pumps).padStart(2, '0')}`
  const sticks = Array.from({ length: count + 1 }, (_, i) => ({
    time: wholeSeconds(shifted(clock, -(count + 1 - i) * HOUR_MS)),
    value: 80 + ((i * 37) % 160),
    units: 'mg/dL',
    kind: 'smbg',
  }))
  // Of the first one nobody can say whether it repeats what a page before it told, so it gives no record.
  const [, ...values] = sticks
  const records = sticks.flatMap(({ time, value }) => glucoseRecords(time, value, { isMmol: false, meter: undefined }))
  const history = historyPages(records).toReversed()
  const memory: PumpMemory = {
    model: '522',
    serial,
    clock,
    replies: new Map(),
    history,
    historyCounter: history.length - 1,
  }
  return {
    model,
    connection,
    pump: createPump(memory),
    answersOf: through,
    answers: { pumpSerial: serial },
    serial,
    values,
    // What the pump says of itself, its model and its serial number, is one record.
    others: { setting: 1 },
  }
}

/** As the stick does it: what it says is cut at 64 bytes, and no empty packet follows when the last one is full. */
const withoutEmptyPackets = (personality: Personality): Personality => ({
  ...personality,
  split: packet =>
    Array.from({ length: Math.ceil(packet.length / DEFAULT_PACKET_BYTES) }, (_, i) =>
      packet.slice(i * DEFAULT_PACKET_BYTES, (i + 1) * DEFAULT_PACKET_BYTES),
    ),
})

const wholeSeconds = (time: DeviceTime): DeviceTime => shifted(time, -(time % 1000))
