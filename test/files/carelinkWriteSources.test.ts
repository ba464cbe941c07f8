/**
 * Real exports and simulated devices, written as a CareLink file and read again: the same records. What differs is
 * listed with its reason; anything else fails.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { connectionOf } from '#devices/connectionOf.ts'
import { driverOfModel, loadDriver, loadSimulation, modelById } from '#devices/registry.ts'
import { importer } from '#files/carelink-csv/importer.ts'
import type { WriteCounts } from '#files/carelink-csv/write.ts'
import type { RecordType, TherapyRecord } from '#records/records.ts'
import { deviceTimeFromIso, type DeviceTime } from '#records/time.ts'
import { read } from '../devices/reading.ts'
import { captures } from '../helpers/captures.ts'
import { byDevice, type Owned, readBack, saidOf, written } from '../helpers/careLinkRoundTrip.ts'
import { collect } from './collect.ts'

const folder = captures('carelink-csv')

/** Writes, reads back, and expects what `sayable` makes of each record: nothing for one that CareLink cannot say. */
async function comesBack(owned: readonly Owned[], counts: Partial<WriteCounts>): Promise<void> {
  const file = await written(owned)
  const sayable = owned.map(each => ({ ...each, records: each.records.flatMap(asCareLinkSays) }))
  expect(file.counts).toMatchObject(counts)
  expect(file.counts.written + sumOf(file.counts.leftOut)).toBe(
    owned.reduce((sum, { records }) => sum + records.length, 0),
  )
  const back = await readBack(file.text)
  expect(back.skipped).toEqual([])
  expect(back.warnings).toEqual([])
  const [expected, found] = [saidOf(sayable), saidOf(byDevice(back))]
  // Told twice in the same second without a number of their own: once is all that CareLink can say.
  for (const [device, texts] of Object.entries(expected)) {
    expect(found[device]).toEqual(texts.filter((text, i) => text !== texts[i - 1] || isToldTwice(text)))
  }
}

const sumOf = (counts: Readonly<Record<string, number | undefined>>): number =>
  Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0)
const isToldTwice = (text: string): boolean => /"type":"(cbg|basalRate|alarm)"/.test(text)
/** CareLink's words for stopping and going on. */
const STOPS = {
  manual: 'USER_SUSPEND',
  alarm: 'ALARM_SUSPEND',
  low: 'LOWSG_SUSPEND',
  beforeLow: 'PLGM_PREDICTED_LOW_SG',
  notSeated: 'NOTSEATED_SUSPEND',
  other: 'OTHER_SUSPEND',
} as const
const SOURCES = {
  wizard: 'BOLUS_WIZARD',
  manual: 'MANUAL',
  preset: 'PRESET_BOLUS',
  automatic: 'CLOSED_LOOP_AUTO_BOLUS',
}
const isCareLinkWord = (word: string | undefined): word is string => word !== undefined && /^[A-Z][A-Z_]+$/.test(word)

/** The list of exceptions: what is left of a record, and why. */
function asCareLinkSays(record: TherapyRecord): TherapyRecord[] {
  switch (record.type) {
    case 'dailyTotal': // A column of the old export only.
    case 'autoMode': // No column.
      return []
    case 'setting': // One column, for the time of action of insulin; the export tells no other setting.
      return record.name === 'insulin action curve time' ? [record] : []
    case 'deviceEvent': // Columns only for events of CareLink's own names.
      return /^(Day marker|Sensor calibration rejected|Network device.*|Device update)$/.test(record.name)
        ? [record]
        : []
    case 'smbg': {
      if (record.controlSolution) return [] // Every reader would take it for blood.
      if (record.outOfRange) return [] // No words for a meter's LO and HI; as a number it would be a measured one.
      const { meal: _, minutesAfterMeal: _minutes, marks: _marks, ...rest } = record // No column.
      return [rest]
    }
    case 'cbg': {
      if (record.outOfRange) return [record] // Whole, in a raw row.
      const { backfilled: _, ...rest } = record // No column.
      return [rest]
    }
    case 'basalRate': {
      const { scheduleName: _, ...rest } = record // No column.
      return [rest]
    }
    case 'tempBasal': {
      // The end of a temporary rate needs an amount: the programme's own.
      const hasAmount = record.percent !== undefined || record.rateUnitsPerHour !== undefined
      return [hasAmount ? record : { ...record, percent: 100 }]
    }
    case 'suspend':
      // Devices and the old export have words of their own for why; today's export has these.
      if (isCareLinkWord(record.rawReason)) return [record]
      return [{ ...record, rawReason: record.suspended ? STOPS[record.reason ?? 'other'] : 'NORMAL_PUMPING' }]
    case 'bolus': {
      if (record.subType === 'injection') return [record]
      // The old export and its pumps say at which buttons it was asked for; today's export who decided.
      if (isCareLinkWord(record.rawSource) || record.context === undefined) return [record]
      const { rawSource: _, ...rest } = record
      const word = record.context === undefined || record.context === 'remote' ? undefined : SOURCES[record.context]
      return [word === undefined ? rest : { ...rest, rawSource: word }]
    }
    case 'calibration': // As with meters.
      return record.outOfRange ? [] : [record]
    case 'wizard': {
      // The unit stands with the settings and is not told without any (calculator in automatic mode).
      const hasSettings = [record.sensitivity, record.targetLow, record.targetHigh].some(value => value !== undefined)
      const { settingsUnits, ...rest } = record
      return [hasSettings && settingsUnits ? { ...rest, settingsUnits } : rest]
    }
    case 'marker': {
      const minutes = record.durationMs === undefined ? undefined : record.durationMs / 60_000
      // The length of exercise is part of the text.
      return [minutes === undefined ? record : { ...record, text: `Exercise: ${minutes} minutes` }]
    }
    default:
      return [record]
  }
}

describe.skipIf(!folder)('real exports (need the captures)', () => {
  const nothing = { leftOut: {}, shortened: {} }
  it.each([
    ['v2-mmol-780g-autobasal-2023.csv', nothing],
    ['v3-mgdl-640g-780g-2022-trimmed.csv', nothing],
    ['v3-mgdl-780g-2025-11-04.csv', nothing],
    ['v3-mgdl-780g-2025-11-06.csv', nothing],
    ['raw-de-paradigm722-2013.csv', { leftOut: { dailyTotal: 3 }, shortened: {} }],
    ['raw-us-paradigm515-clockchanges-2000.csv', { leftOut: { setting: 500, dailyTotal: 18 }, shortened: {} }],
    ['raw-us-paradigm522-2012-02.csv', { leftOut: { setting: 16, dailyTotal: 14 }, shortened: {} }],
    ['raw-us-paradigm522-meteronly-2010.csv', { leftOut: { setting: 6 }, shortened: {} }],
    [
      'raw-us-revel523-cgm-2015.csv',
      { leftOut: { setting: 100, sensorState: 1 }, shortened: { basalRate: 10, cbg: 1 } },
    ],
    [
      'raw-us-revel723-2013.csv',
      { leftOut: { setting: 227, dailyTotal: 63, deviceEvent: 3, sensorState: 3 }, shortened: { basalRate: 295 } },
    ],
  ])(
    '%s',
    async (name, counts) => {
      const found = await collect(importer, readFileSync(`${folder}/${name}`))
      await comesBack(byDevice(found), counts)
    },
    60_000,
  )

  it('has the very column names of a real export', async () => {
    const real = readFileSync(`${folder}/v3-mgdl-780g-2025-11-06.csv`, 'utf8').split('\r\n')
    const ours = (await written([])).text.split('\r\n')
    expect(ours.slice(0, 4).map(line => line.split(';')[0])).toEqual(
      real.slice(0, 4).map((line, i) => (i === 1 ? '""' : line.split(';')[0])),
    )
    const device = { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed 780G MMT-1886', serial: 'X' } as const
    const raw = { page: 0, offset: 0, length: 1 }
    const rewind: TherapyRecord = { type: 'rewind', deviceTime: 0 as DeviceTime, identity: '', raw }
    const file = (await written([{ device, records: [rewind] }])).text.split('\r\n')
    expect(file[6]).toBe(real[6])
  })
})

/** Those of a model that can be read to their end. */
async function scenariosOf(modelId: string): Promise<[string, string][]> {
  const scenarios = (await loadSimulation(driverOfModel(modelId) ?? ''))?.scenarios ?? []
  return scenarios
    .filter(({ models, endsIn }) => !endsIn && (models?.includes(modelId) ?? true))
    .map(({ id }) => [modelId, id])
}

/** How many LO and HI there are, by type. */
function outOfRangeIn(records: readonly TherapyRecord[]): Partial<Record<RecordType, number>> {
  const counts: Partial<Record<RecordType, number>> = {}
  for (const record of records) {
    if ('outOfRange' in record && record.outOfRange) counts[record.type] = (counts[record.type] ?? 0) + 1
  }
  return counts
}

const simulated = [
  ...(await scenariosOf('minimed-640g')),
  ...(await scenariosOf('paradigm-523-723')),
  ['contour-next-link-24', 'everyday'],
  ['contour-next-link-24', 'mmol'],
  ['minimed-670g', 'fortnight'],
  ['paradigm-554-754', 'low-suspend'],
  ['paradigm-515-715', 'older'],
] as const

describe('what a simulated device told', () => {
  const now = deviceTimeFromIso('2026-03-14T21:30:00') ?? (0 as DeviceTime) // The text is a time.

  it('is of pumps with a sensor at and below its limit, and of meters', () => {
    const ids = simulated.map(([modelId, scenarioId]) => `${modelId} ${scenarioId}`)
    expect(ids).toEqual(expect.arrayContaining(['minimed-640g everyday', 'paradigm-523-723 everyday']))
  })

  it.each(simulated)(
    '%s, %s',
    async (modelId, scenarioId) => {
      const family = driverOfModel(modelId) ?? ''
      const [model, driver, simulation] = [modelById(modelId), await loadDriver(family), await loadSimulation(family)]
      const scenario = simulation?.scenarios.find(({ id }) => id === scenarioId)
      if (!model || !driver || !simulation || !scenario) throw new Error(`no ${scenarioId} of ${modelId}`)
      const { download, error } = await read({
        driver,
        model,
        simulator: simulation.create(modelId, scenarioId, now),
        connection: connectionOf(model, scenario),
        answers: scenario.answers ?? {},
      })
      if (!download) throw error
      const { device, records } = driver.decode(download)
      expect(records.length).toBeGreaterThan(10)
      const { cbg, ...others } = outOfRangeIn(records)
      if (scenarioId === 'everyday') expect((cbg ?? 0) + (others.smbg ?? 0)).toBeGreaterThan(0)
      await comesBack([{ device, records, simulated: true }], {
        outOfRange: { raw: cbg === undefined ? {} : { cbg }, leftOut: others },
      })
    },
    120_000,
  )
})
