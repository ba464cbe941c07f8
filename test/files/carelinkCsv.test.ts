/**
 * The importer on real exports. Expected values come from `expected.json` beside them, which another program computed;
 * where a count there has no record of its own, the rule stands beside the comparison.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { importer } from '#files/carelink-csv/importer.ts'
import type { RawRef, TherapyRecord } from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { captures } from '../helpers/captures.ts'
import { collect, type Found, idsOf, ofType } from './collect.ts'

const folder = captures('carelink-csv')
const read = (name: string): Buffer => readFileSync(`${folder}/${name}`)

type Counts = Record<string, number>
type Sums = Record<string, [number, number]>

/** One row of a file as this test finds it, without the importer. */
interface Line {
  readonly offset: number
  readonly number: number
  /** By column name; only cells that hold something, without Index. */
  readonly cells: ReadonlyMap<string, string>
  readonly section: number
}
interface SectionLines {
  readonly device: string
  readonly kind: string
  readonly serial: string
  readonly columns: number
}

/** Splits a file into rows the plain way: no cell of the captures holds a line end, only generation R has quotes. */
function linesOf(bytes: Uint8Array, delimiter: string): { lines: Line[]; sections: SectionLines[] } {
  const lines: Line[] = []
  const sections: SectionLines[] = []
  let names: string[] | undefined
  let offset = 0
  let divider: string[] = []
  const cellsOf = (text: string): string[] =>
    [
      ...text.matchAll(
        new RegExp(`(?:^|${delimiter})\\s*(?:"([^"]*)"\\s*|([^${delimiter}"]*))(?=${delimiter}|$)`, 'g'),
      ),
    ].map(match => (match[1] ?? match[2] ?? '').trim())
  new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(bytes)
    .split('\n')
    .forEach((raw, i) => {
      const text = raw.replace(/\r$/, '')
      const length = new TextEncoder().encode(raw).length + 1
      const cells = cellsOf(text)
      if (text.startsWith('-------')) divider = cells
      else if (cells[0] === 'Index') {
        names = cells
        const isAuto = divider[4]?.startsWith('Aggregated')
        sections.push({
          device: divider[1] ?? '',
          kind: isAuto ? 'AutoInsulin' : (divider[2] ?? ''),
          serial: divider[3] ?? '',
          columns: cells.length,
        })
      } else if (names && cells.length === names.length) {
        const filled = cells.flatMap((cell, k): [string, string][] => {
          const name = names?.[k] ?? ''
          return cell === '' || name === 'Index' ? [] : [[name.replace(/\s*\([^()]*\)$/, ''), cell]]
        })
        lines.push({ offset, number: i + 1, cells: new Map(filled), section: sections.length - 1 })
      }
      offset += length
    })
  return { lines, sections }
}

const refsOf = (record: TherapyRecord): RawRef[] => [record.raw, ...(record.supporting ?? [])]
const count = (words: readonly (string | undefined)[]): Counts => {
  const counts: Counts = {}
  for (const word of words) if (word !== undefined) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
const sums = (entries: readonly (readonly [string, number])[]): Sums => {
  const all: Sums = {}
  for (const [key, value] of entries) {
    const [n, sum] = all[key] ?? [0, 0]
    all[key] = [n + 1, Math.round((sum + value) * 1e6) / 1e6]
  }
  return all
}
const stamp = (time: number | undefined): string =>
  time === undefined ? '' : isoFromDeviceTime(time as TherapyRecord['deviceTime']).replace('T', ' ') // any wall clock prints
const total = (values: readonly number[]): number =>
  Math.round(values.reduce((sum, value) => sum + value, 0) * 1e4) / 1e4

interface ExpectedSection {
  device: string
  kind: string
  columns: number
  rows: number
  delivered?: Sums
  carbs?: { n: number; sum: number }
  bg_rows?: Counts
  bg_rows_total?: number
  bg_events_merged_300s?: number
  bg_sum_merged?: number
  prime_sum?: number
  basal_rate_rows?: number
  time_changes?: string[]
  first_row_time: string
  last_row_time: string
  sg?: {
    n: number
    distinct_times: number
    sum: number
    min: number
    max: number
    first: string
    last: string
    unit: string
  }
  Suspend?: Counts
  'Prime Type'?: Counts
  Alarm?: number
  Alert?: number
  'User Cleared Alerts'?: number
  Rewind?: Counts
  'Temp Basal Type'?: Counts
  'Bolus Cancellation Reason'?: Counts
  'Event Marker'?: number
  'Sensor Exception'?: Counts
}
interface ExpectedRaw {
  rows: number
  types: Counts
  first: string
  last: string
  distinct_raw_ids: number
  sensor_glucose: [number, number]
  bg_readings: [number, number]
  bolus_delivered_normal: [number, number]
  bolus_delivered_square: [number, number]
  carbs: [number, number]
  prime: [number, number]
  daily_total: [number, number]
  calibration_bg: [number, number]
}

const expected: Record<string, { delim: string; sections?: ExpectedSection[] } & Partial<ExpectedRaw>> = folder
  ? JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'))
  : {}

const without = folder ? '' : ' (skipped: no folder ../shared/captures/carelink-csv)'

describe.skipIf(!folder)(`real exports of generations G2 and G3${without}`, () => {
  for (const [name, { delim, sections = [] }] of Object.entries(expected).filter(([, file]) => file.sections)) {
    describe(name, () => {
      let found: Found
      let file: ReturnType<typeof linesOf>
      beforeAll(async () => {
        found = await collect(importer, read(name))
        file = linesOf(read(name), delim)
      })

      it('is surely recognised', () => {
        expect(importer.recognise(read(name).subarray(0, 65_536), name)).toBe(1)
      })

      it('names each pump once, with the serial of its sections', () => {
        const pumps = [...new Set(file.sections.map(({ device, serial }) => `pump ${device} ${serial}`))]
        expect(found.devices.map(({ kind, model, serial }) => `${kind} ${model} ${serial}`)).toEqual(pumps)
      })

      it('warns of nothing', () => {
        expect(found.warnings).toEqual([])
      })

      it('accounts for every row: in a record, supporting one, skipped with its line, or empty', () => {
        const byOffset = new Map(file.lines.map(line => [line.offset, line]))
        const used = new Set(found.records.flatMap(({ record }) => refsOf(record)).map(ref => ref.offset))
        for (const { offset, line, length } of found.skipped) {
          expect(line).toBe(byOffset.get(offset)?.number)
          expect(length).toBeGreaterThan(0)
          used.add(offset)
        }
        for (const offset of used) expect(byOffset.has(offset)).toBe(true)
        const unused = file.lines.filter(line => !used.has(line.offset))
        expect(unused.filter(line => [...line.cells.keys()].some(key => key !== 'Date' && key !== 'Time'))).toEqual([])
      })

      sections.forEach((section, i) => {
        describe(`${section.kind} of ${section.device}`, () => {
          const inSection = (ref: RawRef) => file.lines.some(line => line.section === i && line.offset === ref.offset)
          let offsets: Set<number>
          let records: TherapyRecord[]
          let here: <T extends TherapyRecord['type']>(type: T) => Extract<TherapyRecord, { type: T }>[]
          let cellsOf: (ref: RawRef, column: string) => string | undefined
          beforeAll(() => {
            const lines = new Map(file.lines.filter(line => line.section === i).map(line => [line.offset, line]))
            offsets = new Set(lines.keys())
            records = found.records.map(({ record }) => record).filter(({ raw }) => offsets.has(raw.offset))
            here = type =>
              records.filter((record): record is Extract<TherapyRecord, { type: typeof type }> => record.type === type)
            cellsOf = (ref, column) => lines.get(ref.offset)?.cells.get(column)
          })

          it('has the rows and columns counted', () => {
            expect(file.sections[i]).toMatchObject({
              device: section.device,
              kind: section.kind,
              columns: section.columns,
            })
            expect(offsets.size).toBe(section.rows)
            expect(inSection({ page: 0, offset: -1, length: 0 })).toBe(false)
          })

          it('begins and ends as counted', () => {
            // Rows without a value make no record; where one of them is first or last, the next one with a value counts.
            const times = file.lines
              .filter(line => line.section === i && line.cells.size > 2)
              .map(line => `${line.cells.get('Date')?.replaceAll('/', '-')} ${line.cells.get('Time')}`)
              .sort()
            const all = file.lines
              .filter(line => line.section === i)
              .map(line => `${line.cells.get('Date')?.replaceAll('/', '-')} ${line.cells.get('Time')}`)
              .sort()
            expect([all[0], all.at(-1)]).toEqual([section.first_row_time, section.last_row_time])
            const seen = records.map(record => stamp(record.deviceTime)).sort()
            expect([seen[0], seen.at(-1)]).toEqual([times[0], times.at(-1)])
          })

          it('has the sensor values counted', () => {
            const values = here('cbg')
            expect(values.length).toBe(section.sg?.n ?? 0)
            if (!section.sg) return
            const { sg } = section
            expect(new Set(values.map(value => value.deviceTime)).size).toBe(sg.distinct_times)
            expect(total(values.map(value => value.value))).toBe(sg.sum)
            expect(Math.min(...values.map(value => value.value))).toBe(sg.min)
            expect(Math.max(...values.map(value => value.value))).toBe(sg.max)
            const times = values.map(value => stamp(value.deviceTime)).sort()
            expect([times[0], times.at(-1)]).toEqual([sg.first, sg.last])
            expect(new Set(values.map(value => value.units))).toEqual(new Set([sg.unit]))
            expect(values.every(value => value.isigNa !== undefined)).toBe(true)
          })

          it('has the insulin delivered, by source and type', () => {
            // The algorithm's five-minute doses and its daily sums are records of their own, not boluses.
            const delivered = sums([
              ...here('bolus').map(bolus => {
                const part = bolus.normalUnits === undefined ? 'square' : 'normal'
                const type =
                  bolus.subType === 'dual' ? `Dual (${part} part)` : bolus.subType === 'square' ? 'Square' : 'Normal'
                return [`${bolus.rawSource}|${type}`, bolus.normalUnits ?? bolus.extendedUnits ?? Number.NaN] as const
              }),
              ...here('autoBasalDose').map(dose => ['CLOSED_LOOP_AUTO_BASAL|Normal', dose.units] as const),
              ...here('autoInsulinTotal').map(day => ['CLOSED_LOOP_AUTO_INSULIN|Normal', day.units] as const),
            ])
            expect(delivered).toEqual(section.delivered ?? {})
          })

          it('joins every bolus that was programmed with its beginning', () => {
            for (const bolus of here('bolus')) {
              if (bolus.rawSource === 'CLOSED_LOOP_AUTO_BOLUS') expect(bolus.startTime).toBeUndefined()
              else expect(bolus.startTime).toBeLessThanOrEqual(bolus.deviceTime)
            }
          })

          it('has the carbohydrates of the calculator', () => {
            const grams = here('wizard')
              .map(wizard => wizard.carbsGrams ?? 0)
              .filter(carbs => carbs > 0)
            expect({ n: grams.length, sum: total(grams) }).toEqual(section.carbs ?? { n: 0, sum: 0 })
          })

          it('counts a finger-stick once and keeps all its rows', () => {
            const sticks = here('smbg')
            const sources = count(sticks.flatMap(refsOf).map(ref => cellsOf(ref, 'BG Source') ?? '-'))
            expect(sources).toEqual(section.bg_rows ?? {})
            expect(sticks.flatMap(refsOf).length).toBe(section.bg_rows_total ?? 0)
            expect(sticks.length).toBe(section.bg_events_merged_300s ?? 0)
            expect(total(sticks.map(stick => stick.value))).toBe(section.bg_sum_merged ?? 0)
          })

          it('has suspensions, fills, rewinds, alarms, temporary and programmed rates', () => {
            expect(count(here('suspend').map(record => record.rawReason))).toEqual(section.Suspend ?? {})
            const fills = { tubing: 'Tubing Fill', cannula: 'Cannula Fill' }
            expect(count(here('prime').map(record => fills[record.target]))).toEqual(section['Prime Type'] ?? {})
            expect(total(here('prime').map(record => record.volumeUnits))).toBe(section.prime_sum ?? 0)
            expect(here('rewind').length).toBe(section.Rewind?.['Rewind'] ?? 0)
            const alarms = here('alarm')
            expect(alarms.filter(alarm => !alarm.cleared).length).toBe(section.Alert ?? section.Alarm ?? 0)
            expect(alarms.filter(alarm => alarm.cleared).length).toBe(section['User Cleared Alerts'] ?? 0)
            const temps = here('tempBasal').map(temp => (temp.percent === undefined ? 'Rate' : 'Percent'))
            expect(count(temps)).toEqual(section['Temp Basal Type'] ?? {})
            expect(here('basalRate').length).toBe(section.basal_rate_rows ?? 0)
          })

          it('has the clock changes, from the old time to the new one', () => {
            const changes = here('timeChange')
            expect(changes.map(change => stamp(change.to).replaceAll('-', '/'))).toEqual(section.time_changes ?? [])
            expect(changes.every(change => change.from === change.deviceTime)).toBe(true)
          })

          it('has the sensor states and every row of an event marker', () => {
            expect(count(here('sensorState').map(record => record.state))).toEqual(section['Sensor Exception'] ?? {})
            // The export repeats its day markers: one record each, the repetitions support it, also across sections.
            const markers = found.records
              .filter(({ record }) => record.type === 'deviceEvent' && record.name === 'Day marker')
              .flatMap(({ record }) => refsOf(record))
            expect(markers.filter(ref => offsets.has(ref.offset)).length).toBe(section['Event Marker'] ?? 0)
          })

          it('has the reasons for which boluses were stopped', () => {
            // A stopped dose that the export does not hold (the algorithm's, in G3) leaves its row skipped.
            const inRecords = records.flatMap(record =>
              (record.supporting ?? []).map(ref => cellsOf(ref, 'Bolus Cancellation Reason')),
            )
            const left = found.skipped.map(row => cellsOf(row, 'Bolus Cancellation Reason'))
            expect(count([...inRecords, ...left])).toEqual(section['Bolus Cancellation Reason'] ?? {})
          })
        })
      })
    })
  }
})

describe.skipIf(!folder)(`real exports of generation R${without}`, () => {
  for (const [name, file] of Object.entries(expected).filter(([, { sections }]) => !sections)) {
    // Files without sections have all fields of generation R.
    const want = file as ExpectedRaw & { delim: string }
    describe(name, () => {
      let found: Found
      let lines: ReadonlyMap<number, ReadonlyMap<string, string>>
      let rawOf: (ref: RawRef) => { type: string; id: string }
      const column = (cells: ReadonlyMap<string, string> | undefined, ...names: string[]): number | undefined => {
        const text = names.map(key => cells?.get(key)).find(cell => cell !== undefined)
        return text === undefined ? undefined : Number(text.replace(',', '.'))
      }
      beforeAll(async () => {
        found = await collect(importer, read(name))
        lines = new Map(linesOf(read(name), want.delim).lines.map(line => [line.offset, line.cells]))
        rawOf = ref => {
          const cells = lines.get(ref.offset)
          return {
            type: cells?.get('Raw-Type') ?? cells?.get('Roh-Typ') ?? '',
            id: cells?.get('Raw-ID') ?? cells?.get('Roh-ID') ?? '',
          }
        }
      })
      const all = (): RawRef[] => [...found.records.flatMap(({ record }) => refsOf(record)), ...found.skipped]
      const pairs = (values: readonly (number | undefined)[]): [number, number] => {
        const numbers = values.filter(value => value !== undefined)
        return [numbers.length, total(numbers)]
      }

      it('is surely recognised', () => {
        expect(importer.recognise(read(name).subarray(0, 65_536), name)).toBe(1)
      })

      it('names its pump with the serial number, without the number sign', () => {
        const serials: Record<string, string> = {
          'raw-de-paradigm722-2013.csv': 'pump UNKNOWN-PARADIGM-722',
          'raw-us-paradigm515-clockchanges-2000.csv': 'pump 208850',
          'raw-us-paradigm522-2012-02.csv': 'pump 665455',
          'raw-us-paradigm522-meteronly-2010.csv': 'pump 665455',
          'raw-us-revel523-cgm-2015.csv': 'pump 736868',
          'raw-us-revel723-2013.csv': 'pump 511999',
        }
        expect(found.devices.map(({ kind, serial }) => `${kind} ${serial}`)).toEqual([serials[name]])
      })

      it('accounts for every row once, by Raw-Type', () => {
        expect(count(all().map(ref => rawOf(ref).type))).toEqual(want.types)
        expect(all().length).toBe(want.rows)
        expect(new Set(all().map(ref => rawOf(ref).id)).size).toBe(want.distinct_raw_ids)
      })

      it('leaves only rows whose other half is not in the file', () => {
        // The German file begins after two of its calculator rows.
        const left = name.includes('-de-') ? { UnabsorbedInsulin: 2 } : {}
        expect(count(found.skipped.map(row => rawOf(row).type))).toEqual(left)
      })

      it('warns where the file is not whole and where the serial number is missing', () => {
        const warnings = [
          ...(name.includes('revel523')
            ? [
                // 4/11/15 to 4/12/15, exported on 4/12/15: custom decides.
                'No date in the file tells month from day, such as 4/11/15. They were read with the month first.',
                'The file says that it holds 635 rows, but it holds 438.',
              ]
            : []),
          ...(name.includes('-de-')
            ? [
                'The file does not say the serial number of "Paradigm 722". Its data are kept under the stand-in "UNKNOWN-PARADIGM-722".',
              ]
            : []),
        ]
        expect(found.warnings).toEqual(warnings)
      })

      it('begins and ends as counted', () => {
        const times = found.records.map(({ record }) => stamp(record.deviceTime)).sort()
        expect([times[0], times.at(-1)]).toEqual([want.first, want.last])
      })

      it('has the glucose counted: sensor values, finger-sticks with their copies, calibrations with theirs', () => {
        expect(pairs(ofType(found, 'cbg').map(record => record.value))).toEqual(want.sensor_glucose)
        const sticks = ofType(found, 'smbg').flatMap(refsOf)
        expect(pairs(sticks.map(ref => column(lines.get(ref.offset), 'BG Reading', 'BZ-Messwert')))).toEqual(
          want.bg_readings,
        )
        // Copies on glucose pages have no value in this column; they support or stand alone.
        const calibrations = ofType(found, 'calibration').flatMap(refsOf)
        const values = calibrations.map(ref =>
          column(lines.get(ref.offset), 'Sensor Calibration BG', 'BZ-Wert für Sensorkalibrierung'),
        )
        expect(pairs(values)).toEqual(want.calibration_bg)
      })

      it('has the insulin and carbohydrates counted', () => {
        const boluses = ofType(found, 'bolus')
        expect(pairs(boluses.map(bolus => bolus.normalUnits))).toEqual(want.bolus_delivered_normal)
        expect(pairs(boluses.map(bolus => bolus.extendedUnits))).toEqual(want.bolus_delivered_square)
        expect(pairs(ofType(found, 'wizard').map(wizard => wizard.carbsGrams ?? wizard.carbsExchanges))).toEqual(
          want.carbs,
        )
        expect(pairs(ofType(found, 'prime').map(prime => prime.volumeUnits))).toEqual(want.prime)
        const [days, units] = pairs(ofType(found, 'dailyTotal').map(day => day.totalUnits))
        expect(days).toBe(want.daily_total[0])
        // The column rounds the raw amounts to 0.1 U.
        expect(Math.abs(units - want.daily_total[1])).toBeLessThanOrEqual(0.05 * days)
      })

      it('gives every record an id of its own', () => {
        const ids = idsOf(found)
        expect(new Set(ids).size).toBe(ids.length)
      })
    })
  }

  it('reads German dates day first and American ones month first', async () => {
    const german = await collect(importer, read('raw-de-paradigm722-2013.csv'))
    expect(stamp(german.records[0]?.record.deviceTime)).toBe('2013-02-23 20:09:41')
    const american = await collect(importer, read('raw-us-paradigm522-2012-02.csv'))
    expect(ofType(american, 'timeChange').map(change => [stamp(change.from), stamp(change.to)])).toEqual([
      // Only the glucose history has these; its NEW_TIME is read as the wall clock.
      ['2011-12-26 04:47:00', '2011-12-26 07:47:00'],
      ['2012-01-04 14:26:00', '2012-01-04 11:26:00'],
    ])
  })

  it('has as many clock changes as the pump counted', async () => {
    for (const [name, changes] of [
      ['raw-us-paradigm515-clockchanges-2000.csv', 5],
      ['raw-us-revel723-2013.csv', 4],
    ] as const) {
      expect(ofType(await collect(importer, read(name)), 'timeChange').length).toBe(changes)
    }
  })

  it('counts a test once that two or three rows tell of', async () => {
    const german = await collect(importer, read('raw-de-paradigm722-2013.csv'))
    // 12 + 12 rows of 12 tests [sheet §4, BGCapturedOnPump]; their sum is half of the column's.
    expect([ofType(german, 'smbg').length, total(ofType(german, 'smbg').map(({ value }) => value))]).toEqual([12, 1823])
    const revel = await collect(importer, read('raw-us-revel523-cgm-2015.csv'))
    // 4 CalBGForPH and 3 CalBGForGH, which repeat three of them.
    const calibrations = ofType(revel, 'calibration').map(({ supporting }) => supporting?.length ?? 0)
    expect(calibrations.sort((a, b) => a - b)).toEqual([0, 1, 1, 1])
  })

  it('ties the parts of a dual bolus by their common beginning', async () => {
    const found = await collect(importer, read('raw-us-revel523-cgm-2015.csv'))
    const parts = ofType(found, 'bolus').filter(bolus => bolus.subType === 'dual')
    expect(
      parts.map(part => [stamp(part.deviceTime), stamp(part.startTime), part.normalUnits, part.extendedUnits]),
    ).toEqual([
      ['2015-04-12 18:30:35', '2015-04-12 18:30:35', 4.5, undefined],
      ['2015-04-12 18:33:35', '2015-04-12 18:30:35', undefined, 1.8],
    ])
    expect(parts[1]).toMatchObject({ programmedExtendedUnits: 3.5, durationMs: 3 * 3_600_000 })
  })

  it('says of a bolus whether the calculator stood behind it', async () => {
    const found = await collect(importer, read('raw-de-paradigm722-2013.csv'))
    // 13 calculator rows, 15 boluses.
    expect(count(ofType(found, 'bolus').map(bolus => bolus.context))).toEqual({ wizard: 13, manual: 2 })
    const [first] = ofType(found, 'wizard')
    expect(first).toMatchObject({
      carbsExchanges: 2,
      carbRatio: 1.5,
      carbRatioUnits: 'U/exchange',
      recommendedNetUnits: 3,
    })
  })
})

describe.skipIf(!folder)(`overlapping and cut exports${without}`, () => {
  const names = ['v3-mgdl-780g-2025-11-04.csv', 'v3-mgdl-780g-2025-11-06.csv'] as const
  /** Rows that make a record of a type, told by the columns that hold something; each once however often it stands. */
  const oneEach: readonly (readonly [
    TherapyRecord['type'],
    (cells: ReadonlyMap<string, string>, kind: string) => boolean,
  ])[] = [
    ['cbg', cells => cells.has('Sensor Glucose')],
    ['bolus', (cells, kind) => cells.has('Bolus Volume Delivered') && kind === 'Pump'],
    ['autoInsulinTotal', (cells, kind) => cells.has('Bolus Volume Delivered') && kind === 'AutoInsulin'],
    ['wizard', cells => cells.has('BWZ Status')],
    ['basalRate', cells => cells.has('Basal Rate')],
    ['suspend', cells => cells.has('Suspend')],
    ['prime', cells => cells.has('Prime Type')],
    ['rewind', cells => cells.has('Rewind')],
    ['alarm', cells => cells.has('Alert') || cells.has('User Cleared Alerts')],
    ['calibration', cells => cells.has('Sensor Calibration BG')],
    ['sensorState', cells => cells.has('Sensor Exception')],
  ]

  it('gives the rows that two exports share one id, and no other two rows', async () => {
    const both = await Promise.all(
      names.map(async name => {
        const found = await collect(importer, read(name))
        return { found, ids: idsOf(found), file: linesOf(read(name), ';') }
      }),
    )
    for (const [type, matches] of oneEach) {
      // Expected: for each content as many as the export that has more of it.
      const perFile = both.map(({ file }) =>
        count(
          file.lines.map(line => {
            const kind = file.sections[line.section]?.kind ?? ''
            return matches(line.cells, kind) ? `${kind}|${[...line.cells].join('|')}` : undefined
          }),
        ),
      )
      const [a = {}, b = {}] = perFile
      const union = [...new Set([...Object.keys(a), ...Object.keys(b)])].reduce(
        (sum, key) => sum + Math.max(a[key] ?? 0, b[key] ?? 0),
        0,
      )
      const ids = both.flatMap(({ found, ids }) => ids.filter((_, i) => found.records[i]?.record.type === type))
      expect([type, new Set(ids).size]).toEqual([type, union])
      expect([type, ids.length]).toEqual([type, [a, b].flatMap(Object.values).reduce((sum, n) => sum + n, 0)])
    }
  })

  it('knows a finger-stick again although the later export leaves its meter out', async () => {
    const both = await Promise.all(names.map(async name => collect(importer, read(name))))
    const ids = both.map(found => idsOf(found).filter((_, i) => found.records[i]?.record.type === 'smbg'))
    // 15 in the first, 16 in the second, which has all of the first; five of them without "Linked BG Meter ID".
    expect(ids.map(list => list.length)).toEqual([15, 16])
    expect(new Set(ids.flat()).size).toBe(16)
  })

  it('gives the same day marker once, however often an export repeats it', async () => {
    const both = await Promise.all(names.map(async name => collect(importer, read(name))))
    const texts = both.flatMap(found =>
      ofType(found, 'deviceEvent')
        .filter(event => event.name === 'Day marker')
        .map(event => `${event.deviceTime} ${event.text}`),
    )
    const ids = both.flatMap(found =>
      idsOf(found).filter((_, i) => {
        const record = found.records[i]?.record
        return record?.type === 'deviceEvent' && record.name === 'Day marker'
      }),
    )
    expect(new Set(ids).size).toBe(new Set(texts).size)
  })

  it('gives no insulin, rate or value a second time when an export was cut anywhere', async () => {
    const name = 'v3-mgdl-640g-780g-2022-trimmed.csv'
    const { lines } = linesOf(read(name), ';')
    const whole = await collect(importer, read(name))
    const pump = lines.filter(line => line.section === 0)
    const known = new Set(idsOf(whole))
    const text = read(name).toString('utf8').split('\n')
    const types = new Set(['cbg', 'bolus', 'wizard', 'basalRate', 'tempBasal', 'suspend', 'autoInsulinTotal', 'alarm'])
    // Around the rows of the first dual boluses, where most belongs together.
    for (let cut = 30; cut < 110; cut += 2) {
      const at = pump[cut]?.number ?? 0
      const ending = [...text.slice(0, 7), ...text.slice(at, (pump.at(-1)?.number ?? 0) + 1)].join('\n')
      const beginning = text.slice(0, at).join('\n')
      for (const part of [ending, beginning]) {
        const found = await collect(importer, `${part}\n`)
        const strange = idsOf(found).filter((id, i) => !known.has(id) && types.has(found.records[i]?.record.type ?? ''))
        expect([cut, strange]).toEqual([cut, []])
      }
    }
  })

  it('gives the same records in the same order in pieces of any size', async () => {
    const bytes = read('raw-us-revel523-cgm-2015.csv')
    const whole = await collect(importer, bytes)
    async function* small(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 137) yield bytes.subarray(at, at + 137)
    }
    expect((await collect(importer, small())).records).toEqual(whole.records)
  })
})
