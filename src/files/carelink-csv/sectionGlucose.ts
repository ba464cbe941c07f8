/**
 * Glucose in generations G1 to G3: sensor values, finger-sticks, calibrations, and the sensor's states without a value.
 * Source: CareLink export sheet §6, rows "BG Source", "Sensor section".
 */
import type { Smbg } from '#records/records.ts'
import type { GlucoseUnits } from '#records/units.ts'
import { type Column, glucoseUnitsOf } from './columns.ts'
import { glucoseFrom } from './glucose.ts'
import { createFingerstickMerge, type FingerstickRow } from './joins.ts'
import { known, type TableRow } from './rows.ts'
import { type Handler, type Part, type SectionContext, some } from './sectionContext.ts'

interface SectionFingerstick extends FingerstickRow {
  readonly value: number
  readonly units: GlucoseUnits
  readonly source: string
  readonly meterSerial: string
  readonly identity: string
}

export function glucosePart({ header, section, cell, number, base, identityOf, emit }: SectionContext): Part {
  const fingersticks = createFingerstickMerge<SectionFingerstick>(rows => {
    const [first] = rows
    if (!first) return
    const meterSerial = rows.map(row => row.meterSerial).find(serial => serial !== '')
    const linked = rows.some(row => row.meterSerial !== '' || /READIN|REMOTE_BG/.test(row.source))
    emit(
      known<Smbg>({
        type: 'smbg',
        deviceTime: first.time,
        identity: first.identity,
        raw: first.ref,
        supporting: some(rows.slice(1).map(row => row.ref)),
        value: first.value,
        units: first.units,
        subType: linked ? 'linked' : 'manual',
        meterSerial,
        rejected: rows.some(row => row.source === 'USER_REJECTED_REMOTE_BG') ? true : undefined,
      }),
    )
  })

  /** A glucose value in the unit that the column's name states. */
  const glucose = (row: TableRow, column: Column) => glucoseFrom(cell(row, column), glucoseUnitsOf(header, column))

  const sensorGlucose: Handler = row => {
    const value = glucose(row, 'sensor glucose')
    if (typeof value === 'string') return value
    const isigNa = number(row, 'isig value')
    // Value and unit name a sensor value; a text for each would only fill memory. No spreading: most rows come here.
    const { time, ref } = row
    if (isigNa === undefined) {
      emit({ type: 'cbg', deviceTime: time, identity: '', raw: ref, value: value.value, units: value.units })
    } else {
      emit({ type: 'cbg', deviceTime: time, identity: '', raw: ref, value: value.value, units: value.units, isigNa })
    }
    return undefined
  }

  const fingerstick: Handler = row => {
    const value = glucose(row, 'bg reading')
    if (typeof value === 'string') return value
    if (section.isMeter) {
      emit({ type: 'smbg', ...base(row), ...value, subType: 'meter' })
      return undefined
    }
    fingersticks.add({
      ...value,
      time: row.time,
      said: `${value.value} ${value.units}`,
      ref: row.ref,
      source: cell(row, 'bg source'),
      meterSerial: cell(row, 'linked bg meter id').replace(/^#/, ''),
      // Newer exports leave the meter out of rows that older ones gave with it: it must not make another record.
      identity: identityOf(row, 'linked bg meter id'),
    })
    return undefined
  }

  const calibration: Handler = row => {
    const value = glucose(row, 'sensor calibration bg')
    if (typeof value === 'string') return value
    emit({ type: 'calibration', ...base(row), ...value })
    return undefined
  }

  const sensorState =
    (column: Column): Handler =>
    row => {
      emit({ type: 'sensorState', ...base(row), state: cell(row, column) })
      return undefined
    }

  return {
    handlers: [
      ['bg reading', fingerstick],
      ['sensor calibration bg', calibration],
      ['sensor glucose', sensorGlucose],
      ['sensor exception', sensorState('sensor exception')],
      ['sensor state', sensorState('sensor state')],
    ],
    end: () => fingersticks.end(),
  }
}
