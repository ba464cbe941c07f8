/**
 * The pump's status: what it was doing at the moment of the read. Shown as it stood; the history tells the rest. Pure.
 * Offsets are the sheet's less one: the page begins with the command. Source: minimed-600 sheet §9.2.
 *
 * | offset | size | is                                                                                |
 * | 2      | 1    | 01 suspended, 02 04 08 normal, square, dual bolus running, 10 active, 20 temp, 40 sensor |
 * | 3      | 4    | given so far of the running bolus                                                 |
 * | B      | 2    | minutes left of it                                                                |
 * | D      | 1    | its number                                                                        |
 * | F      | 4    | last bolus                                                                        |
 * | 13     | 4    | when: seconds since 2000, wall clock                                              |
 * | 17     | 1    | its number                                                                        |
 * | 19     | 1    | low half: pattern; high half: preset of the temporary basal                       |
 * | 1A     | 4    | basal rate                                                                        |
 * | 1E     | 4    | temporary rate; 22 percent, 23 u16 minutes left                                   |
 * | 25     | 4    | basal given today                                                                 |
 * | 29     | 1    | battery, percent                                                                  |
 * | 2A     | 4    | reservoir                                                                         |
 * | 2E     | 1    | hours of insulin left: 25 more than 24, FF none; 2F minutes                       |
 * | 30     | 4    | active insulin                                                                    |
 * | 34     | 2    | sensor glucose mg/dL, 0 none, from 300 on a state; 36 RTC, 3A OFFSET              |
 * | 3E     | 1    | 01 02 alerts on high, low; 04 08 before; 10 suspend on low; 80 suspended by sensor |
 * | 3F     | 1    | high half: trend; bit 0 transmitter battery low                                   |
 * | 40     | 1    | 01 calibrating, 02 calibrated, 04 no value, 10 in operation                       |
 * | 41     | 1    | sensor control: warm-up, meaning unknown                                          |
 * | 42     | 2    | minutes to the next calibration, FFFF unknown                                     |
 * | 44     | 1    | low half: transmitter battery in fifteenths                                       |
 * | 45     | 2    | rate of change, hundredths of mg/dL a minute, signed                              |
 * | 48     | 2    | recent BG mg/dL, 0 none                                                           |
 * | 4A     | 2    | alarm on the screen, 0 none; 4C RTC, 50 OFFSET                                    |
 */
import { isoFromDeviceTime } from '#records/time.ts'
import { alarmName } from './alarmNames.ts'
import { isSensorState, sensorStateName } from './eventsGlucose.ts'
import { localTime } from './time.ts'
import { patternName } from './units.ts'

const LENGTH = 0x5f
const NONE = 0xffff
const trends: Readonly<Record<number, string>> = {
  0xc0: 'three up',
  0xa0: 'two up',
  0x80: 'one up',
  0x60: 'none',
  0x40: 'one down',
  0x20: 'two down',
  0x00: 'three down',
}
const pumpFlags: Readonly<Record<number, string>> = {
  0x01: 'suspended',
  0x02: 'normal bolus running',
  0x04: 'square bolus running',
  0x08: 'dual bolus running',
  // Off when rewound or without a reservoir; a suspended pump is active, too.
  0x10: 'active',
  0x20: 'temporary basal',
  0x40: 'sensor on',
}
const sensorFlags: Readonly<Record<number, string>> = {
  0x01: 'calibrating',
  0x02: 'calibrated',
  0x04: 'no value',
  0x10: 'in operation',
}
const alertFlags: Readonly<Record<number, string>> = {
  0x01: 'alert on high',
  0x02: 'alert on low',
  0x04: 'alert before high',
  0x08: 'alert before low',
  // Unconfirmed: seen in one program's notes only; a status read during a suspend on low would show it.
  0x10: 'suspend on low',
  0x80: 'suspended by sensor',
}

/** What stands in the status, by name, in words; a reason when the answer is too short. */
export function readStatus(view: DataView): Record<string, string> | string {
  if (view.byteLength < LENGTH) return 'an answer shorter than its kind'
  const units = (at: number) => `${view.getUint32(at) / 10_000} U`
  const flags = view.getUint8(2)
  return {
    pump: named(flags, pumpFlags),
    ...((flags & 0x0e) !== 0 && {
      'bolus so far': units(3),
      'bolus number': String(view.getUint8(0x0d)),
      'bolus time left': `${view.getUint16(0x0b)} min`,
    }),
    ...(view.getUint32(0x13) > 0 && {
      'last bolus': units(0x0f),
      'last bolus time': isoFromDeviceTime(localTime(view.getUint32(0x13), 0)),
      'last bolus number': String(view.getUint8(0x17)),
    }),
    pattern: patternName(view.getUint8(0x19) & 0x0f),
    'basal rate': `${view.getUint32(0x1a) / 10_000} U/h`,
    ...((flags & 0x20) !== 0 && tempBasal(view)),
    'basal today': units(0x25),
    battery: `${view.getUint8(0x29)} %`,
    reservoir: units(0x2a),
    ...(view.getUint8(0x2e) !== 0xff && {
      'insulin left':
        view.getUint8(0x2e) === 25 ? 'more than 24 h' : `${view.getUint8(0x2e)} h ${view.getUint8(0x2f)} min`,
    }),
    'active insulin': units(0x30),
    ...((flags & 0x40) !== 0 && sensor(view)),
    ...(view.getUint16(0x48) > 0 && { 'recent BG': `${view.getUint16(0x48)} mg/dL` }),
    ...(view.getUint16(0x4a) > 0 && {
      alarm: alarmName(view.getUint16(0x4a)),
      'alarm number': String(view.getUint16(0x4a)),
      'alarm time': isoFromDeviceTime(localTime(view.getUint32(0x4c), view.getInt32(0x50))),
    }),
  }
}

function tempBasal(view: DataView): Record<string, string> {
  const percent = view.getUint8(0x22)
  const preset = view.getUint8(0x19) >> 4
  return {
    'temporary basal': percent > 0 ? `${percent} %` : `${view.getUint32(0x1e) / 10_000} U/h`,
    'temporary basal time left': `${view.getUint16(0x23)} min`,
    ...(preset > 0 && { 'temporary basal preset': String(preset) }),
  }
}

function sensor(view: DataView): Record<string, string> {
  const stored = view.getUint16(0x34)
  const trend = trends[view.getUint8(0x3f) & 0xf0]
  const calibration = view.getUint16(0x42)
  const alerts = named(view.getUint8(0x3e), alertFlags)
  const isLow = (view.getUint8(0x3f) & 1) === 1
  return {
    'sensor glucose': isSensorState(stored) ? sensorStateName(stored) : `${stored} mg/dL`,
    ...(stored > 0 && {
      'sensor glucose time': isoFromDeviceTime(localTime(view.getUint32(0x36), view.getInt32(0x3a))),
      'rate of change': `${view.getInt16(0x45) / 100} mg/dL a minute`,
      ...(trend !== undefined && { trend }),
    }),
    'sensor status': named(view.getUint8(0x40), sensorFlags),
    ...(alerts !== '' && { alerts }),
    ...(calibration !== NONE && { 'next calibration': `in ${calibration} min` }),
    'transmitter battery': `${Math.round(((view.getUint8(0x44) & 0x0f) * 100) / 15)} %${isLow ? ', low' : ''}`,
  }
}

const named = (byte: number, names: Readonly<Record<number, string>>): string =>
  Object.entries(names)
    .filter(([bit]) => (byte & Number(bit)) !== 0)
    .map(([, name]) => name)
    .join(', ')
