/** Rows of boluses by properties: whatever a log holds, each record is in one row, and no screen serves two boluses. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TherapyRecord } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import type { Stored } from '#reports/models.ts'
import { therapyRows } from '#reports/wizards.ts'
import { wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const start = wall('2024-03-30T08:00')

/** Records within an hour of one another, of one of two pumps; the id is the place in the log. */
const logs = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 60 }),
      kind: fc.constantFrom('bolus', 'manual', 'first', 'second', 'wizard', 'left', 'food'),
      pump: fc.constantFrom('a:read', 'b:read'),
    }),
    { maxLength: 30 },
  )
  .map(entries =>
    entries
      .map(({ minute, kind, pump }) => logged(start + minute * MINUTE_MS, recordOf(kind), pump))
      .sort((a, b) => a.deviceTime - b.deviceTime)
      .map((record, i): Stored<TherapyRecord> => ({ ...record, id: String(i) })),
  )

function recordOf(kind: string): Parameters<typeof logged>[1] {
  if (kind === 'wizard') return { type: 'wizard', carbsGrams: 30, recommendedNetUnits: 3 }
  if (kind === 'left') return { type: 'wizard', carbsGrams: 30, delivered: false }
  if (kind === 'food') return { type: 'food', carbsGrams: 10 }
  if (kind === 'first') return { type: 'bolus', subType: 'dual', normalUnits: 1 }
  if (kind === 'second') return { type: 'bolus', subType: 'dual', extendedUnits: 1, durationMs: 60 * MINUTE_MS }
  return { type: 'bolus', subType: 'normal', normalUnits: 2, ...(kind === 'manual' ? { context: 'manual' } : {}) }
}

it('keep every record, and each once', () => {
  fc.assert(
    fc.property(logs, records => {
      const rows = therapyRows(records)
      const ids = rows.flatMap(({ bolus, secondPart, wizard, food }) =>
        [bolus, secondPart, wizard, food].flatMap(entry => entry?.id ?? []),
      )
      expect(ids.toSorted()).toEqual(records.map(({ id }) => id).toSorted())
    }),
  )
})

it('join only what one pump logged, and never a screen that was left without a bolus', () => {
  fc.assert(
    fc.property(logs, records => {
      for (const { bolus, secondPart, wizard } of therapyRows(records)) {
        if (!bolus) continue
        expect(wizard?.sourceKey ?? bolus.sourceKey).toBe(bolus.sourceKey)
        expect(secondPart?.sourceKey ?? bolus.sourceKey).toBe(bolus.sourceKey)
        expect(wizard?.delivered).not.toBe(false)
        if (bolus.context === 'manual') expect(wizard).toBeUndefined()
      }
    }),
  )
})

it('are in order of their beginning', () => {
  fc.assert(
    fc.property(logs, records => {
      const times = therapyRows(records).map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }),
  )
})
