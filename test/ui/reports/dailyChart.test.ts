/** One day as lanes and as stops: same scale on every day, gaps are gaps, nothing silently left out. */
import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { DailyModel } from '#reports/models.ts'
import type { Lane } from '#ui/charts/spec.ts'
import { dailyChart } from '#ui/reports/dailyChart.ts'
import type { Drawing } from '#ui/reports/drawing.ts'
import { dayEvents } from '#ui/reports/daily/dayEvents.ts'
import { dailyStops } from '#ui/reports/dailyStops.ts'
import { dailyModel, lastDay, seriesOf } from '../../helpers/reportFixtures.ts'
import { formatOf, preferencesWith } from './reportFormat.ts'

function drawing(change: Partial<DailyModel> = {}, units: 'mg/dL' | 'mmol/L' = 'mg/dL'): Drawing {
  const preferences = preferencesWith({ glucoseUnits: units })
  return { model: { ...dailyModel(), ...change }, preferences, format: formatOf(preferences), widthPx: 950 }
}
const nothing: Partial<DailyModel> = {
  glucose: seriesOf(lastDay, []),
  meterValues: [],
  boluses: [],
  wizards: [],
  food: [],
  therapy: [],
  basal: [],
  modes: [],
  events: [],
}
const values = (...list: Parameters<typeof seriesOf>[1]): Partial<DailyModel> => ({
  ...nothing,
  glucose: seriesOf(lastDay, list),
})
function laneOf(of: Drawing, id: string): Lane {
  const lane = dailyChart(of).lanes.find(one => one.id === id)
  if (!lane) throw new Error(`no lane ${id}`)
  return lane
}

describe('the lanes of a day', () => {
  test('stand in CareLink’s order and run from midnight to midnight', () => {
    const chart = dailyChart(drawing())
    expect(chart.lanes.map(lane => lane.id)).toEqual(['mode', 'glucose', 'carbs', 'bolus', 'basal', 'events'])
    // No strip where the programme ran all day, one lane more where insulin on board is asked for.
    expect(dailyChart(drawing({ modes: [] })).lanes.map(lane => lane.id)).toEqual([
      'glucose',
      'carbs',
      'bolus',
      'basal',
      'events',
    ])
    const asked = dailyChart({ ...drawing({ modes: [] }), onBoard: {} })
    expect(asked.lanes.map(lane => lane.id)).toEqual(['glucose', 'carbs', 'bolus', 'onBoard', 'basal', 'events'])
    expect([chart.xMin, chart.xMax]).toEqual([0, 24 * HOUR_MS])
    expect(chart.xTicks.map(tick => tick.label)).toEqual(['00', '03', '06', '09', '12', '15', '18', '21', '24'])
  })

  test('are left out for what no device tells, and stay on a day of a pump that gave nothing', () => {
    const lanes = (change: Partial<DailyModel>) =>
      dailyChart(drawing({ ...nothing, ...change })).lanes.map(({ id }) => id)
    const { meterValues, events } = dailyModel()
    const untold = { bolus: false, basal: false }
    expect(lanes({ meterValues, logs: untold })).toEqual(['glucose'])
    // Carbs noted on a meter, a clock set on it, a pen that tells its boluses.
    expect(lanes({ food: dailyModel().food, logs: untold })).toEqual(['glucose', 'carbs'])
    expect(lanes({ events, logs: untold })).toEqual(['glucose', 'events'])
    expect(lanes({ logs: { bolus: true, basal: false } })).toEqual(['glucose', 'carbs', 'bolus', 'events'])
    // A sensor tells its events, also that there were none.
    expect(lanes({ ...values([0, 100]), logs: untold })).toEqual(['glucose', 'events'])
    expect(lanes({ logs: { bolus: true, basal: true } })).toEqual(['glucose', 'carbs', 'bolus', 'basal', 'events'])
  })

  test('have hours by the person’s clock', () => {
    const twelve = { ...drawing(), preferences: preferencesWith({ clock: '12h' }) }
    expect(dailyChart(twelve).xTicks.map(tick => tick.label)).toEqual([
      '12a',
      '3a',
      '6a',
      '9a',
      '12p',
      '3p',
      '6p',
      '9p',
      '12a',
    ])
  })

  test('have the same glucose scale on every day, in either unit', () => {
    for (const day of [nothing, values([60, 90]), {}]) {
      const lane = laneOf(drawing(day), 'glucose')
      expect([lane.min, lane.max]).toEqual([40, 400])
    }
    const mmol = laneOf(drawing({}, 'mmol/L'), 'glucose')
    expect([mmol.min, mmol.max]).toEqual([2.2, 22.2])
    expect(mmol.ticks.filter(tick => tick.limit).map(tick => tick.label)).toEqual(['3.0', '3.9', '10.0', '13.9'])
  })
})

describe('the glucose lane', () => {
  test('breaks the line at gaps of more than 15 minutes and not before', () => {
    const lane = laneOf(drawing(values([0, 100], [5, 105], [20, 110], [36, 120])), 'glucose')
    expect(Array.from(lane.lines?.[0]?.y ?? [], String)).toEqual(['100', '105', '110', 'NaN', '120'])
  })

  test('draws what lies outside the scale at its edge, as an arrow', () => {
    const lane = laneOf(drawing(values([0, 39, 2], [5, 401, 4], [10, 412])), 'glucose')
    expect(lane.dots?.map(dot => [dot.y, dot.shape])).toEqual([
      [40, 'down'],
      [400, 'up'],
      [400, 'up'],
    ])
    expect(lane.labels?.map(label => label.text)).toEqual(['LO', 'HI'])
  })

  test('tells meter values from sensor values by their shape', () => {
    const shapes = new Set(laneOf(drawing({ glucose: seriesOf(lastDay, []) }), 'glucose').dots?.map(dot => dot.shape))
    // 432 mg/dL is beyond the scale, the other three are inside.
    expect(shapes).toEqual(new Set(['diamond', 'up']))
  })

  test('leaves tests with control solution out', () => {
    const [first, ...rest] = dailyModel().meterValues
    if (!first) throw new Error('a meter value')
    const meterValues = [{ ...first, controlSolution: true as const }, ...rest]
    const lane = laneOf(drawing({ glucose: seriesOf(lastDay, []), meterValues }), 'glucose')
    expect(lane.dots).toHaveLength(3)
  })
})

describe('the therapy lanes', () => {
  test('draw a bolus where it began, an extended part as long as it lasted', () => {
    const lane = laneOf(drawing(), 'bolus')
    const noon = 12 * HOUR_MS + 40 * MINUTE_MS
    const square = lane.lines?.find(line => line.x.length === 4)
    expect(Array.from(square?.x ?? [])).toEqual([noon, noon, noon + 2 * HOUR_MS, noon + 2 * HOUR_MS])
    expect(Array.from(square?.y ?? [])).toEqual([0, 3.5, 3.5, 0])
    expect(lane.labels?.map(label => label.text)).toEqual(['4.2', '1.525', '7.5', '6.0', '3.0'])
  })

  test('leave a stretch of basal that nobody can account for empty', () => {
    const lane = laneOf(drawing(), 'basal')
    const covered = lane.boxes?.some(box => box.x0 < 22.5 * HOUR_MS && box.x1 > 22.5 * HOUR_MS)
    expect(covered).toBe(false)
    expect(lane.boxes?.map(box => box.tone)).toEqual([
      'basal',
      'basal',
      'suspended',
      'basal',
      'temp',
      'automated',
      'basal',
      'basal',
    ])
  })

  test('mark carbs that no bolus followed with a ring', () => {
    const dots = laneOf(drawing(), 'carbs').dots ?? []
    expect(dots.map(dot => dot.shape)).toEqual(['dot', 'dot', 'dot', 'dot', 'ring'])
  })

  test('put events that are close together under one mark', () => {
    expect(laneOf(drawing(), 'events').labels?.map(label => label.text)).toEqual(['2', 'P', 'S', '3', 'N'])
  })
})

describe('what devices and files shout', () => {
  test('is in words, with the device’s own beside it in the table', () => {
    const [alarm, , , state] = dailyModel().events
    if (alarm?.type !== 'alarm' || state?.type !== 'sensorState') throw new Error('other events')
    const at = { ...drawing(nothing) }
    const model = {
      ...at.model,
      calibrations: [],
      clockChanges: [],
      events: [
        { ...alarm, name: 'ALERT ON HIGH' },
        { ...state, state: 'SENSOR_CAL_NEEDED_CODE' },
        { ...state, state: 'SENSOR_ERROR' },
        { ...alarm, deviceTime: state.deviceTime, name: 'Alert on low' },
      ],
    }
    const events = dayEvents(model, at.format)
    expect(events.map(({ text, told }) => [text, told])).toEqual([
      ['alarm: Alert on high', 'ALERT ON HIGH'],
      ['sensor: calibration needed', 'SENSOR_CAL_NEEDED_CODE'],
      ['sensor error', 'SENSOR_ERROR'],
      ['alarm: Alert on low', undefined],
    ])
    expect(JSON.stringify(dailyStops({ ...at, model }))).not.toContain('ALERT')
  })
})

describe('stepping', () => {
  test('says every value of a minute, then the rate in force', () => {
    const stops = dailyStops(drawing())
    const at = (hour: number, minute: number) => stops.find(stop => stop.x === (hour * 60 + minute) * MINUTE_MS)?.text
    expect(at(6, 31)).toBe('06:31: meter 47 mg/dL · basal 0.000 U/h suspended instead of 0.900 U/h · manual mode')
    expect(at(7, 5)).toBe('07:05: bolus 4.2 U · basal 0.000 U/h suspended instead of 0.900 U/h · manual mode')
    expect(at(12, 40)).toBe(
      '12:40: bolus 4.0 U and 3.5 U over 2 hours · basal 0.400 U/h temporary instead of 0.800 U/h · manual mode',
    )
    expect(at(20, 15)).toBe('20:15: carbs 20 g (no bolus followed) · basal 0.700 U/h · manual mode')
    expect(at(22, 0)).toBe('22:00: bolus 3.0 U')
  })

  test('says LO and HI as the device did, numbers in the chosen unit', () => {
    const stops = dailyStops(drawing(values([0, 39, 2], [5, 100], [10, 401, 4]), 'mmol/L'))
    expect(stops.map(stop => stop.text)).toEqual(['00:00: sensor LO', '00:05: sensor 5.6 mmol/L', '00:10: sensor HI'])
  })

  test('leaves no sensor value out', () => {
    const { model } = drawing()
    const sensor = dailyStops(drawing()).filter(
      stop => stop.text.includes('sensor ') && /: sensor|· sensor/.test(stop.text),
    )
    const minutes = new Set(Array.from(model.glucose.time, time => Math.floor(time / MINUTE_MS)))
    expect(sensor.length).toBeGreaterThanOrEqual(minutes.size)
  })
})

test('two clocks set to the same time on one day are each told as their own', () => {
  const to = startOfDeviceDay(lastDay) + (2 * 60 + 6) * MINUTE_MS
  const set = (from: number, id: string) =>
    ({
      type: 'timeChange',
      deviceTime: from,
      from,
      to,
      id,
      sourceKey: 'pump',
      artifactId: 'a',
      identity: id,
      raw: { page: 0, offset: 0, length: 1 },
    }) as DailyModel['events'][number]
  const late = to + 9 * HOUR_MS - 3 * MINUTE_MS
  const changes = [
    { from: to + 21_000, to, byMs: -21_000 },
    { from: late, to, byMs: to - late },
  ] as unknown as DailyModel['clockChanges'] // Numbers are device times here.
  const { model, format } = drawing({ ...nothing, calibrations: [], setChanges: [], clockChanges: changes })
  const texts = (events: DailyModel['events']) => dayEvents({ ...model, events }, format).map(({ text }) => text)
  const both = [
    'The clock was set back on this day, from 02:06 to 02:06: 21 s happened twice and lie over one another here.',
    'The clock was set back on this day, from 11:03 to 02:06: 8 h 57 min happened twice and lie over one another here.',
  ]
  expect(texts([set(to + 21_000, '1'), set(late, '2')])).toEqual(both)
  // One of them logged on the day after: it is told all the same.
  expect(texts([set(to + 21_000, '1')])).toEqual(both)
})
