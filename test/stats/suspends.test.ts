/** Stretches without delivery and their reasons, from a log made by hand. */
import { expect, it } from 'vitest'
import { deriveBasal } from '#stats/basal.ts'
import { summariseSuspends, suspendStretches } from '#stats/suspends.ts'
import { wall } from '../helpers/glucose.ts'
import { logged, rate, resume } from '../helpers/pumpLog.ts'

const stop = (at: string, reason: 'manual' | 'low' | 'beforeLow' | 'alarm' | 'notSeated') =>
  logged(at, { type: 'suspend', suspended: true, reason, rawReason: reason })

/** 1 U/h; each kind of stop at another hour. */
const log = [
  rate('2024-03-01T00:00', 1),
  stop('2024-03-01T02:00', 'beforeLow'),
  resume('2024-03-01T03:10'),
  stop('2024-03-01T06:00', 'low'),
  resume('2024-03-01T06:30'),
  stop('2024-03-01T08:00', 'notSeated'),
  logged('2024-03-01T08:00', { type: 'rewind' }),
  resume('2024-03-01T08:05'),
  stop('2024-03-01T12:00', 'manual'),
  resume('2024-03-01T12:20'),
  stop('2024-03-01T15:00', 'alarm'),
  resume('2024-03-01T15:01'),
  stop('2024-03-01T18:00', 'beforeLow'),
  stop('2024-03-01T18:30', 'low'),
  resume('2024-03-01T19:00'),
]
const basal = deriveBasal(log, wall('2024-03-01'), wall('2024-03-02'))

it('tells each stop by its first reason, once however long it goes on', () => {
  const summary = summariseSuspends(suspendStretches(basal, log))
  expect(summary).toEqual({
    beforeLow: { count: 2, minutes: 130 },
    low: { count: 1, minutes: 30 },
    change: { count: 1, minutes: 5 },
    manual: { count: 1, minutes: 20 },
    alarm: { count: 1, minutes: 1 },
    other: { count: 0, minutes: 0 },
  })
})

it('knows the reason of a stop that began before the days looked at', () => {
  const later = deriveBasal(log, wall('2024-03-01T02:30'), wall('2024-03-01T04:00'))
  expect(suspendStretches(later, log)).toEqual([
    { from: wall('2024-03-01T02:30'), to: wall('2024-03-01T03:10'), kind: 'beforeLow' },
  ])
})

it('takes a pump whose reservoir is out as one that is being filled', () => {
  const rewound = [
    rate('2024-03-01T00:00', 1),
    logged('2024-03-01T08:00', { type: 'rewind' }),
    logged('2024-03-01T08:04', { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
    rate('2024-03-01T08:04', 1),
  ]
  const summary = summariseSuspends(
    suspendStretches(deriveBasal(rewound, wall('2024-03-01'), wall('2024-03-02')), rewound),
  )
  expect(summary.change).toEqual({ count: 1, minutes: 4 })
})

it('says nothing without a stop', () => {
  expect(suspendStretches([], log)).toEqual([])
})
