import { describe, expect, it } from 'vitest'
import type { TherapyRecord } from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { combinePumps, deriveBasal, unitsOf } from '#stats/basal.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, clockSet, dose, logged, rate, resume, suspend, tempPercent, tempRate } from '../helpers/pumpLog.ts'

const DAY = '2024-03-01'
const at = (time: string) => `${DAY}T${time}`

/** "08:00-09:00 temp 1.2 (1)", one line a segment; the number in brackets is what the programme would have given. */
function derived(records: readonly TherapyRecord[], from = at('00:00'), to = '2024-03-02T00:00'): string[] {
  return deriveBasal(records, wall(from), wall(to)).map(segment => {
    const [start, end] = [segment.from, segment.to].map(time => isoFromDeviceTime(time).slice(11, 16))
    const kept = segment.suppressedUnitsPerHour === undefined ? '' : ` (${segment.suppressedUnitsPerHour})`
    return `${start}-${end} ${segment.delivery} ${Number(segment.rateUnitsPerHour.toFixed(4))}${kept}`
  })
}

describe('derived basal', () => {
  it('follows the rates and leaves a gap before the first one', () => {
    expect(derived([rate(at('06:00'), 1), rate(at('12:00'), 0.8)])).toEqual([
      '06:00-12:00 scheduled 1',
      '12:00-00:00 scheduled 0.8',
    ])
    expect(derived([])).toEqual([])
  })

  it('knows the rate in force at the start from before it', () => {
    expect(derived([rate('2024-02-29T22:00', 0.9), rate(at('07:00'), 1.1)], at('00:00'), at('08:00'))).toEqual([
      '00:00-07:00 scheduled 0.9',
      '07:00-08:00 scheduled 1.1',
    ])
  })

  it('believes a rate for seven days of a talking log, and not through a day of silence', () => {
    const talking = [bolus('2024-02-28T12:00', 1), bolus('2024-02-29T11:00', 1), bolus(at('10:00'), 1)]
    expect(derived([rate('2024-02-27T13:00', 0.7), ...talking])).toEqual(['00:00-00:00 scheduled 0.7'])
    expect(derived([rate('2024-02-29T06:00', 0.7)])).toEqual(['00:00-06:00 scheduled 0.7'])
    const daily = Array.from({ length: 8 }, (_, i) => bolus(wall('2024-02-23T08:00') + i * 86_000_000, 1))
    expect(derived([rate('2024-02-23T06:00', 0.7), ...daily])).toEqual(['00:00-06:00 scheduled 0.7'])
  })

  it('splits a temporary rate where the programme changes', () => {
    expect(derived([rate(at('00:00'), 1), tempPercent(at('11:00'), 150, 120), rate(at('12:00'), 2)])).toEqual([
      '00:00-11:00 scheduled 1',
      '11:00-12:00 temp 1.5 (1)',
      '12:00-13:00 temp 3 (2)',
      '13:00-00:00 scheduled 2',
    ])
  })

  it('keeps a temporary rate in U/h whatever the programme, also when that is not known', () => {
    expect(derived([tempRate(at('05:00'), 0.3, 60), rate(at('05:30'), 1)])).toEqual([
      '05:00-05:30 temp 0.3',
      '05:30-06:00 temp 0.3 (1)',
      '06:00-00:00 scheduled 1',
    ])
  })

  it('cannot tell a percentage of an unknown programme', () => {
    expect(derived([tempPercent(at('05:00'), 80, 60)])).toEqual([])
  })

  it('rounds a percentage down to the steps of a pump that gives only these', () => {
    const temp = { type: 'tempBasal', percent: 110, durationMs: 8 * 3_600_000 } as const
    // A 723's totals of 2015-04-30 to 05-02 agree only with 0.825, 1.0 and 0.975 for 110 % of these three.
    const on = (rateSteps: 'fine' | 'coarse') => [
      rate(at('00:00'), 0.75),
      logged(at('03:00'), { ...temp, rateSteps }),
      rate(at('05:00'), 0.95),
      rate(at('08:00'), 0.9),
    ]
    expect(derived(on('fine'), at('03:00'), at('11:00'))).toEqual([
      '03:00-05:00 temp 0.825 (0.75)',
      '05:00-08:00 temp 1 (0.95)',
      '08:00-11:00 temp 0.975 (0.9)',
    ])
    expect(derived(on('coarse'), at('03:00'), at('11:00'))).toEqual([
      '03:00-05:00 temp 0.8 (0.75)',
      '05:00-08:00 temp 1 (0.95)',
      '08:00-11:00 temp 0.95 (0.9)',
    ])
    const high = [rate(at('00:00'), 12.35), logged(at('03:00'), { ...temp, rateSteps: 'fine' })]
    expect(derived(high, at('03:00'), at('04:00'))).toEqual(['03:00-04:00 temp 13.5 (12.35)'])
  })

  it('ends a temporary rate at duration 0 and at the next one', () => {
    const records = [
      rate(at('00:00'), 1),
      tempPercent(at('08:00'), 50, 240),
      tempPercent(at('09:00'), 200, 60),
      tempPercent(at('09:30'), 0, 0),
    ]
    expect(derived(records, at('07:00'), at('11:00'))).toEqual([
      '07:00-08:00 scheduled 1',
      '08:00-09:00 temp 0.5 (1)',
      '09:00-09:30 temp 2 (1)',
      '09:30-11:00 scheduled 1',
    ])
  })

  it('takes a second row with the shorter duration for the end of the temporary rate', () => {
    const records = [rate(at('00:00'), 1), tempPercent(at('08:00'), 50, 120), tempPercent(at('08:20'), 50, 20)]
    expect(derived(records, at('07:00'), at('11:00'))).toEqual([
      '07:00-08:00 scheduled 1',
      '08:00-08:20 temp 0.5 (1)',
      '08:20-11:00 scheduled 1',
    ])
    const sameMoment = [rate(at('00:00'), 1), tempPercent(at('08:00'), 50, 120), tempPercent(at('08:00'), 50, 20)]
    expect(derived(sameMoment, at('07:00'), at('11:00'))).toEqual(derived(records, at('07:00'), at('11:00')))
  })

  it('knows the blocks that a running percentage hides, from the days before', () => {
    const records = [
      rate('2024-02-29T00:00', 1),
      rate('2024-02-29T12:00', 2),
      rate(at('00:00'), 1),
      tempPercent(at('11:00'), 50, 120),
      rate(at('13:00'), 2),
    ]
    expect(derived(records, at('10:00'), at('14:00'))).toEqual([
      '10:00-11:00 scheduled 1',
      '11:00-12:00 temp 0.5 (1)',
      '12:00-13:00 temp 1 (2)',
      '13:00-14:00 scheduled 2',
    ])
    // As an export and as a pump itself name a change of the programme.
    for (const name of ['ChangeBasalProfile', 'Basal pattern A']) {
      const changed = logged(at('10:30'), { type: 'setting', name, change: 'changed', values: {} })
      expect(derived([...records.slice(0, 3), changed, ...records.slice(3)], at('12:00'), at('13:00'))).toEqual([
        '12:00-13:00 temp 0.5 (1)',
      ])
    }
  })

  it('tells the programme from the rate delivered where a log has both', () => {
    // As the 600 and 700 series log a 130 % temporary rate over a change of the programme.
    const records = [
      rate(at('04:00'), 0.6),
      tempPercent(at('05:43:53'), 130, 60),
      rate(at('05:43:53'), 0.78),
      rate(at('05:44:00'), 0.6),
      rate(at('06:00'), 0.845),
      rate(at('06:00'), 0.65),
      rate(at('06:43:53'), 0.65),
    ]
    for (const order of [records, [...records].reverse().sort((a, b) => a.deviceTime - b.deviceTime)]) {
      expect(derived(order, at('05:00'), at('07:00'))).toEqual([
        '05:00-05:43 scheduled 0.6',
        '05:43-06:00 temp 0.78 (0.6)',
        '06:00-06:43 temp 0.845 (0.65)',
        '06:43-07:00 scheduled 0.65',
      ])
    }
  })

  it('gives nothing while suspended, and zeros logged then are not the programme', () => {
    const records = [
      rate(at('00:00'), 0.9),
      suspend(at('13:00')),
      rate(at('13:00'), 0),
      rate(at('14:00'), 0.85),
      resume(at('14:27')),
      rate(at('14:27'), 0.85),
    ]
    expect(derived(records, at('12:00'), at('16:00'))).toEqual([
      '12:00-13:00 scheduled 0.9',
      '13:00-14:00 suspended 0 (0.9)',
      '14:00-14:27 suspended 0 (0.85)',
      '14:27-16:00 scheduled 0.85',
    ])
  })

  it('lets a temporary rate run on under a suspend', () => {
    const records = [
      rate(at('22:00'), 1),
      tempPercent(at('22:10'), 40, 60),
      suspend(at('22:20')),
      resume(at('22:50')),
      rate(at('22:50'), 0.4),
    ]
    expect(derived(records, at('22:00'), at('23:30'))).toEqual([
      '22:00-22:10 scheduled 1',
      '22:10-22:20 temp 0.4 (1)',
      '22:20-22:50 suspended 0 (1)',
      '22:50-23:10 temp 0.4 (1)',
      '23:10-23:30 scheduled 1',
    ])
  })

  it('ends a suspend without a resume at the first bolus that begins after it', () => {
    const records = [rate(at('00:00'), 1), suspend(at('08:00')), bolus(at('08:00:30'), 0.4), bolus(at('09:15'), 2)]
    expect(derived(records, at('07:00'), at('10:00'))).toEqual([
      '07:00-08:00 scheduled 1',
      '08:00-09:15 suspended 0 (1)',
      '09:15-10:00 scheduled 1',
    ])
  })

  it('believes a suspend that nobody ended for a day', () => {
    const records = [rate('2024-02-28T00:00', 1), suspend('2024-02-28T08:00')]
    const rows = deriveBasal(records, wall('2024-02-28T00:00'), wall('2024-03-02T00:00'))
    expect(rows.at(-1)).toMatchObject({ delivery: 'suspended', to: wall('2024-02-29T08:00') })
  })

  it('knows nothing before a first resume whose suspend it never saw', () => {
    expect(derived([rate(at('00:00'), 1), resume(at('03:00'))], at('00:00'), at('05:00'))).toEqual([
      '03:00-05:00 scheduled 1',
    ])
    const running = [rate(at('00:00'), 1), bolus(at('01:00'), 2), resume(at('03:00'))]
    expect(derived(running, at('00:00'), at('05:00'))).toEqual(['00:00-05:00 scheduled 1'])
  })

  it('gives nothing from a rewind to the rate after the fill', () => {
    const records = [
      rate(at('12:00'), 0.725),
      logged(at('13:38'), { type: 'rewind' }),
      logged(at('13:39'), { type: 'prime', target: 'tubing', volumeUnits: 16.7 }),
      rate(at('15:01'), 0.725),
    ]
    expect(derived(records, at('13:00'), at('16:00'))).toEqual([
      '13:00-13:38 scheduled 0.725',
      '13:38-15:01 suspended 0 (0.725)',
      '15:01-16:00 scheduled 0.725',
    ])
  })

  it('spreads micro-doses to the next one, shows an idle loop, and never the programme beside them', () => {
    const records = [
      rate(at('00:00'), 0.65),
      dose(at('08:00'), 0.1),
      dose(at('08:05'), 0.05),
      dose(at('08:15'), 0.1),
      // 40 minutes in which a running loop logs nothing.
      dose(at('08:55'), 0.1),
    ]
    expect(derived(records)).toEqual([
      '08:00-08:05 automated 1.2',
      '08:05-08:15 automated 0.3',
      '08:15-08:20 automated 1.2',
      '08:20-08:55 automated 0',
      '08:55-09:00 automated 1.2',
    ])
  })

  it('leaves a gap where the loop stopped: a rate off the half hour, or three hours without a dose', () => {
    const stopped = [dose(at('02:36'), 0.1), rate(at('02:42'), 0.65), dose(at('03:51'), 0.1)]
    expect(derived(stopped)).toEqual([
      '02:36-02:41 automated 1.2',
      '02:41-02:42 automated 0',
      '03:51-03:56 automated 1.2',
    ])
    const onTheHalfHour = [dose(at('02:36'), 0.1), rate(at('03:00'), 0.65), dose(at('03:51'), 0.1)]
    expect(derived(onTheHalfHour)[1]).toBe('02:41-03:51 automated 0')
    expect(derived([dose(at('02:00'), 0.1), dose(at('05:01'), 0.1)])).toEqual([
      '02:00-02:05 automated 1.2',
      '05:01-05:06 automated 1.2',
    ])
  })

  it('gives a dose that a suspend cuts short the time before it, but at least a minute', () => {
    const records = [dose(at('08:00'), 0.1), suspend(at('08:02')), resume(at('08:30')), dose(at('08:31'), 0.1)]
    expect(derived(records)).toEqual([
      '08:00-08:02 automated 3',
      '08:02-08:30 suspended 0',
      '08:30-08:31 automated 0',
      '08:31-08:36 automated 1.2',
    ])
    const soon = [dose(at('08:00'), 0.1), suspend(at('08:00:01')), resume(at('08:30'))]
    expect(derived(soon)[0]).toBe('08:00-08:01 automated 6')
    // Of the same second: the suspend came with the dose.
    const atOnce = [dose(at('08:00'), 0.1), suspend(at('08:00')), resume(at('08:30')), dose(at('08:31'), 0.1)]
    expect(derived(atOnce)).toContain('08:01-08:30 suspended 0')
  })

  it('shows no programme on a day with a total of the algorithm, only suspends', () => {
    const records = [
      rate('2024-02-29T00:00', 0.7),
      logged(at('00:00'), { type: 'autoInsulinTotal', units: 12.5 }),
      rate(at('00:00'), 0.7),
      suspend(at('10:00')),
      resume(at('10:30')),
      rate('2024-03-02T00:00', 0.7),
    ]
    expect(derived(records, '2024-02-29T00:00', '2024-03-02T12:00')).toEqual([
      '00:00-00:00 scheduled 0.7',
      '10:00-10:30 suspended 0',
      '00:00-12:00 scheduled 0.7',
    ])
  })

  it('leaves the hour that a clock set back passed twice open', () => {
    const records = [
      rate(at('00:00'), 0.65),
      rate(at('09:15'), 0.65),
      clockSet(at('10:15'), at('09:15')),
      rate('2024-03-02T00:00', 0.65),
    ]
    expect(derived(records)).toEqual(['00:00-09:15 scheduled 0.65', '10:15-00:00 scheduled 0.65'])
  })

  it('forgets what ran in an hour that was passed twice until the log speaks again', () => {
    const records = [
      rate(at('00:00'), 1),
      suspend(at('09:50')),
      clockSet(at('10:15'), at('09:15')),
      rate(at('12:00'), 1.5),
    ]
    expect(derived(records)).toEqual(['00:00-09:15 scheduled 1', '12:00-00:00 scheduled 1.5'])
  })

  it('skips the hour that a clock set forward never showed', () => {
    const records = [rate(at('00:00'), 1), clockSet(at('02:00'), at('03:00')), rate(at('03:00'), 1)]
    expect(derived(records)).toEqual(['00:00-02:00 scheduled 1', '03:00-00:00 scheduled 1'])
  })

  it('takes a correction of minutes for what it is', () => {
    expect(derived([rate(at('00:00'), 1), clockSet(at('08:00'), at('08:03'))])).toEqual(['00:00-00:00 scheduled 1'])
  })

  it('starts anew after a clock that showed another year', () => {
    const records = [rate('2016-01-01T00:00', 1), clockSet('2016-01-01T00:16', at('09:18')), rate(at('09:47'), 0.75)]
    expect(derived(records)).toEqual(['09:47-00:00 scheduled 0.75'])
  })
})

describe('two pumps', () => {
  it('that claim the same time leave it open', () => {
    const first = deriveBasal([rate(at('00:00'), 1)], wall(at('00:00')), wall(at('10:00')))
    const second = deriveBasal([rate(at('08:00'), 2)], wall(at('08:00')), wall(at('12:00')))
    const rows = combinePumps([second, first]).map(({ from, to, rateUnitsPerHour }) => [from, to, rateUnitsPerHour])
    expect(rows).toEqual([
      [wall(at('00:00')), wall(at('08:00')), 1],
      [wall(at('10:00')), wall(at('12:00')), 2],
    ])
  })
})

describe('the units of a segment', () => {
  it('are rate times hours, to 0.001 U', () => {
    const [segment] = deriveBasal([rate(at('00:00'), 0.725)], wall(at('00:00')), wall(at('13:38:37')))
    // 0.725 U/h * 13.643611 h = 9.891618 U
    expect(segment && unitsOf(segment)).toBe(9.892)
  })
})
