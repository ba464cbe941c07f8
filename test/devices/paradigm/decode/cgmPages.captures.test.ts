/**
 * Sensor pages of real pumps: those of a 722 against CareLink's export of the same days, every value, ISIG and minute;
 * those of a 522 and a Veo, which wore no sensor. Skipped where the captures do not lie beside the checkout.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCgm } from '#devices/paradigm/decode/cgmPages.ts'
import type { Page } from '#devices/driver.ts'
import type { TherapyRecord } from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { family } from './builtPages.ts'
import { capturedDownload, folder } from './captured.ts'

describe.skipIf(!folder)('the sensor pages of a 722 (without the captures: skipped)', () => {
  it('hold the values, ISIGs, states and calibrations of the export at the same minutes', () => {
    const told = exported()
    const names = readdirSync(`${folder}/722-cgm`)
      .filter(name => name.includes('ReadGlucoseHistory'))
      .sort()
    expect(names).toHaveLength(8)
    const compared = new Set<string>()
    const values: number[] = []
    for (const name of names) {
      const { records, skipped } = readCgm(pairOf(name), family('722'))
      const texts = records.map(textOf)
      for (const text of texts) {
        expect(told).toContain(text)
        compared.add(text)
      }
      values.push(texts.filter(text => text.includes('GlucoseSensorData')).length)
      // What came after the last gap waits for the next timestamp.
      const reasons = new Set(skipped.filter(part => !part.holdsNothing).map(({ reason }) => reason))
      expect([...reasons]).toEqual(['a sensor reading after a gap that no timestamp follows yet'])
    }
    // Read within 45 minutes: the gap of 8:05 dates the 96 values before it.
    expect(values).toEqual([12, 12, 12, 12, 12, 108, 108, 108])
    // 108 values; three calibrations, eight states.
    expect(compared.size).toBe(119)
  })

  it('hold every value of the export between their first and their last one', () => {
    const [name = ''] = readdirSync(`${folder}/722-cgm`)
      .filter(file => file.includes('ReadGlucoseHistory'))
      .sort()
      .toReversed()
    const found = readCgm(pairOf(name), family('722')).records.map(textOf).filter(isValue)
    const times = found.map(text => text.slice(0, 19))
    const [first = '', last = ''] = [times[0], times.at(-1)]
    const told = exported().filter(isValue)
    expect(found).toEqual(told.filter(text => text.slice(0, 19) >= first && text.slice(0, 19) <= last).toSorted())
  })

  it('are one page in eight states: read together they give the fullest, in any order', () => {
    const pages = readdirSync(`${folder}/722-cgm`)
      .filter(name => name.includes('ReadGlucoseHistory'))
      .sort()
      .flatMap(pairOf)
    const { records, skipped } = readCgm(pages, family('722'))
    expect(records.filter(({ type }) => type === 'cbg')).toHaveLength(108)
    expect(readCgm(pages.toReversed(), family('722')).records.map(textOf)).toEqual(records.map(textOf))
    expect(skipped.filter(({ reason }) => reason.includes('another page'))).toEqual([])
  })
})

const isValue = (text: string): boolean => text.includes('GlucoseSensorData')

/** A glucose page and its ISIG page, under one number. */
function pairOf(name: string): Page[] {
  const bytesOf = (file: string) => new Uint8Array(readFileSync(`${folder}/722-cgm/${file}`))
  return [
    { kind: 'glucose', index: 7, bytes: bytesOf(name) },
    { kind: 'isig', index: 7, bytes: bytesOf(name.replace('Glucose', 'ISIG')) },
  ]
}

/** A record in the words of the export: time, raw type, what it says. */
function textOf(record: TherapyRecord): string {
  const time = isoFromDeviceTime(record.deviceTime)
  if (record.type === 'cbg') return `${time} GlucoseSensorData ${record.value} ${record.isigNa}`
  if (record.type === 'calibration') {
    return `${time} CalBGForGH ${record.value} ${record.actor === 'meter' ? 'rf' : 'manual'}`
  }
  return record.type === 'sensorState' ? `${time} ${record.state}` : `${time} ${record.type}`
}

/** The export's rows in the same words, newest last where they are values. */
function exported(): string[] {
  const text = readFileSync(`${folder}/722-cgm/carelink-export-2014-04-25-26.csv`, 'latin1')
  return text.split('\n').flatMap(line => {
    const [, date, time] = line.split(',')
    const [, month, day] = /^(\d+)\/(\d+)\/14$/.exec(date ?? '') ?? []
    if (month === undefined || day === undefined) return []
    const at = `2014-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}`
    const value = (key: string): string => new RegExp(`${key}=([^,"]+)`).exec(line)?.[1] ?? ''
    const [type = ''] = /GlucoseSensorData|CalBGForGH|Sensor[A-Z][A-Za-z]+/.exec(line) ?? []
    switch (type) {
      case 'GlucoseSensorData':
        return [`${at} ${type} ${value('AMOUNT')} ${value('ISIG')}`]
      case 'CalBGForGH':
        return [`${at} ${type} ${value('AMOUNT')} ${value('ORIGIN_TYPE')}`]
      case 'SensorCalFactor':
        return [`${at} ${type} ${value('CAL_FACTOR')}`]
      case '':
        return []
      default:
        return [`${at} ${type} ${value('[A-Z]+_TYPE')}`.trim()]
    }
  })
}

describe.skipIf(!folder)('the sensor pages of pumps without a sensor (without the captures: skipped)', () => {
  for (const [name, model] of [
    ['522-contour-next-link', '522'],
    ['554-veo', '554'],
  ] as const) {
    it(`hold no value, and nothing that is not understood: ${name}`, () => {
      const { pages } = capturedDownload(name)
      const { records, skipped } = readCgm(pages, family(model))
      expect(records.filter(({ type }) => type === 'cbg' || type === 'calibration')).toEqual([])
      expect(skipped.filter(part => !part.holdsNothing)).toEqual([])
      expect(records.length).toBeGreaterThan(0)
    })
  }

  it('hold the clock changes and batteries that the 522’s export tells', () => {
    const { records } = readCgm(capturedDownload('522-contour-next-link').pages, family('522'))
    const told = readFileSync(`${folder}/522-contour-next-link/carelink-export.csv`, 'latin1').split('\n')
    const ofExport = (type: string): string[] =>
      told.flatMap(line => {
        const [, date = '', time = ''] = line.split(',')
        const [month = '', day = '', year = ''] = date.split('/')
        const [, value] = new RegExp(`,${type},[A-Z_]+=(\\w+)`).exec(line) ?? []
        if (value === undefined) return []
        const at = `20${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}`
        // Pages end on 8 May.
        return at < '2013-05-08T15:38' ? [`${at} ${value}`] : []
      })
    // The export begins on 25 March.
    const since = (text: string): boolean => text >= '2013-03-25'
    const batteries = records.flatMap(record =>
      record.type === 'deviceEvent' ? [`${isoFromDeviceTime(record.deviceTime)} ${record.text === 'in'}`] : [],
    )
    const clocks = records.flatMap(record =>
      record.type === 'timeChange' ? [`${isoFromDeviceTime(record.deviceTime)} ${record.to}`] : [],
    )
    expect(batteries.filter(since).toSorted()).toEqual(ofExport('ChangeBatteryEnableGH').toSorted())
    expect(clocks.filter(since).map(text => text.slice(0, 19))).toEqual(
      ofExport('ChangeTimeGH')
        .map(text => text.slice(0, 19))
        .toSorted(),
    )
  })
})
