/**
 * Rows of generations G1 to G3: tables with one fact a row, one table for the pump, one for the sensor, one for the
 * insulin that the algorithm gave each day. Columns are found by name. Source: CareLink export sheet §5, §6.
 */
import type { Alarm, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { alarmFrom } from './alarms.ts'
import type { Column, Header } from './columns.ts'
import { deviceTimeUnder, splitDateAndTime } from './dates.ts'
import { EVENT_COLUMNS, SETTING_COLUMNS } from './bookkeeping.ts'
import { eventMarker } from './eventMarkers.ts'
import type { RepeatMerge } from './joins.ts'
import { known, type Output, type TableReader } from './rows.ts'
import { createSectionContext, type Handler, type Section } from './sectionContext.ts'
import { glucosePart } from './sectionGlucose.ts'
import { insulinPart } from './sectionInsulin.ts'

/** Columns that only say more about another one. */
const COMPANIONS: ReadonlySet<Column> = new Set<Column>([
  'timestamp',
  'bg source',
  'linked bg meter id',
  'temp basal type',
  'temp basal duration',
  'bolus duration',
  'programmed bolus duration',
  'bolus number',
  'bolus source',
  'preset bolus',
  'preset temp basal name',
  'prime volume delivered',
  'estimated reservoir volume after fill',
  'bwz target high bg',
  'bwz target low bg',
  'bwz carb ratio',
  'bwz insulin sensitivity',
  'bwz bg input',
  'bwz bg/sg input',
  'bwz correction estimate',
  'bwz food estimate',
  'bwz active insulin',
  'isig value',
])

/**
 * Reads the rows of one section. `repeats` collects event markers over the whole file, because the export repeats them
 * within and across sections.
 */
export function createSectionReader(header: Header, section: Section, out: Output, repeats: RepeatMerge): TableReader {
  // Records of one second are held back and given in the order in which they happened: rows descend in time.
  let second: TherapyRecord[] = []
  let secondTime: DeviceTime | undefined
  function closeSecond(): void {
    for (let i = second.length - 1; i >= 0; i--) {
      const record = second[i]
      if (record) out.record(section.device, record)
    }
    second = []
  }
  const context = createSectionContext(header, section, out, record => second.push(record))
  const { cell, base, emit } = context
  const parts = [glucosePart(context), insulinPart(context)]

  const alarm =
    (column: Column, cleared?: true): Handler =>
    row => {
      emit(known<Alarm>({ type: 'alarm', ...base(row), ...alarmFrom(cell(row, column)), cleared }))
      return undefined
    }

  const timeChange: Handler = row => {
    const { date, time } = splitDateAndTime(cell(row, 'new device time'))
    const to = time === undefined ? undefined : deviceTimeUnder(row.dateOrder, date, time)
    if (to === undefined) return 'The new time of the clock is not readable'
    emit({ type: 'timeChange', ...base(row), from: row.time, to })
    return undefined
  }

  const marker: Handler = row => {
    const text = cell(row, 'event marker')
    const record = eventMarker(text, base(row))
    repeats.add(`${section.device}|${row.time}|${text}`, row.ref, supporting => {
      out.record(section.device, supporting.length > 0 ? { ...record, supporting } : record)
    })
    return undefined
  }

  const handlers = new Map<Column, Handler>([
    ...parts.flatMap(part => part.handlers),
    ['new device time', timeChange],
    ['alert', alarm('alert')],
    ['alarm', alarm('alarm')],
    ['user cleared alerts', alarm('user cleared alerts', true)],
    ['event marker', marker],
    ...EVENT_COLUMNS.map(([column, name]): [Column, Handler] => [
      column,
      row => {
        emit({ type: 'deviceEvent', ...base(row), name, text: cell(row, column) })
        return undefined
      },
    ]),
    ...SETTING_COLUMNS.map(([column, value]): [Column, Handler] => [
      column,
      row => {
        emit({ type: 'setting', ...base(row), name: column, change: 'changed', values: { [value]: cell(row, column) } })
        return undefined
      },
    ]),
  ])

  /** One call a row, however many columns call for the same handler. */
  const ran = new Set<Handler>()

  return {
    read(row) {
      if (row.time !== secondTime) {
        for (const part of parts) part.at?.(row.time)
        closeSecond()
        secondTime = row.time
      }
      ran.clear()
      const reasons: string[] = []
      const unknown: string[] = []
      let isEmpty = true
      for (let i = 1; i < row.cells.length; i++) {
        const value = row.cells[i]
        if (!value || value === '-------') continue
        const column = header.columns[i]
        if (column === 'date' || column === 'time' || column === 'index') continue
        isEmpty = false
        const handler = column && handlers.get(column)
        if (!handler) {
          if (!column || !COMPANIONS.has(column)) unknown.push(header.names[i] || `column ${i + 1}`)
        } else if (!ran.has(handler)) {
          ran.add(handler)
          const reason = handler(row)
          if (reason !== undefined) reasons.push(reason)
        }
      }
      if (reasons.length > 0) out.skipped(row, reasons.join('; '))
      else if (ran.size === 0 && !isEmpty) out.skipped(row, reasonForNothing(unknown))
    },
    end() {
      for (const part of parts) part.end()
      closeSecond()
      secondTime = undefined
    },
  }
}

const reasonForNothing = (unknownNames: readonly string[]): string =>
  unknownNames.length > 0
    ? `Only in columns that are not known: ${unknownNames.join(', ')}`
    : 'The row names no event, only details of one'
