import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceKeyOf, recordIdOf } from '#records/identity.ts'
import type { Cbg, Smbg } from '#records/records.ts'
import { deviceTimeFromIso } from '#records/time.ts'

/** Keys and ids below were computed apart from this code, with another language's SHA-256. */
const meter = { kind: 'meter', serial: '7390-1163170' } as const
const meterKey = 'b982bdb454cf0aa67115c8021d8d7f7b'

const at = deviceTimeFromIso('2010-11-28T19:49:00')
if (at === undefined) throw new Error('a valid time')

const fingerStick: Smbg = {
  type: 'smbg',
  subType: 'meter',
  deviceTime: at,
  value: 7.9,
  units: 'mmol/L',
  identity: '^^^Glucose|7.9|mmol/L^P||B||201011281949',
  raw: { page: 3, offset: 2, length: 50 },
}
const sensor: Cbg = {
  type: 'cbg',
  deviceTime: at,
  value: 104,
  units: 'mg/dL',
  identity: '',
  seq: 7,
  raw: { page: 0, offset: 0, length: 1 },
}

describe('identity', () => {
  it('gives a device the same key however its serial number was written', () => {
    expect(deviceKeyOf(meter)).toBe(meterKey)
    expect(deviceKeyOf({ kind: 'meter', serial: ' 7390-1163170 ' })).toBe(meterKey)
  })

  it('keeps a pump and a meter of the same serial number apart', () => {
    expect(deviceKeyOf({ kind: 'pump', serial: '7390-1163170' })).not.toBe(meterKey)
  })

  it('names records by device, type, wall clock, counter, content and ordinal', () => {
    expect(recordIdOf(meterKey, fingerStick, 0)).toBe('0b7e23939376e27ad2d37e5eef3aaa78')
    expect(recordIdOf(meterKey, fingerStick, 1)).toBe('348dc9983682707cbe2d76bb3d115662')
    expect(recordIdOf(meterKey, sensor, 0)).toBe('2f6c357fb75bb5ef62c5c13cfba52bb0')
  })

  it('tells a LO with the limit 40 from a plain 40', () => {
    const { seq: _, ...plain } = sensor
    const lo: Cbg = { ...plain, value: 40, outOfRange: 'low' }
    expect(recordIdOf(meterKey, lo, 0)).toBe('c220eaec2e94da369af7820a54633075')
    expect(recordIdOf(meterKey, { ...plain, value: 40 }, 0)).not.toBe(recordIdOf(meterKey, lo, 0))
  })

  it('does not look at where the bytes stood nor at what a decoder added', () => {
    const elsewhere: Smbg = { ...fingerStick, meal: 'before', raw: { page: 9, offset: 0, length: 1 } }
    expect(recordIdOf(meterKey, elsewhere, 0)).toBe(recordIdOf(meterKey, fingerStick, 0))
  })

  it('never gives two different contents one id because parts ran into each other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const one = recordIdOf(meterKey, { ...fingerStick, identity: a }, 0)
        const two = recordIdOf(meterKey, { ...fingerStick, identity: b }, 0)
        expect(one === two).toBe(a === b)
      }),
    )
  })
})
