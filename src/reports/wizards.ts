/**
 * Which bolus came of which screen of the bolus calculator, and which two records are the parts of one dual bolus: what
 * devices and files log as several things, as the one thing that the person did. Source: metrics sheet §10 (override),
 * CareLink sheet §4, minimed-600 sheet §11.2.
 */
import type { Bolus, Food, TherapyRecord, Wizard } from '#records/records.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'
import { deviceOf } from '#stats/dedupe.ts'
import { indexAt } from '#stats/slices.ts'
import type { Stored, TherapyRow } from './models.ts'

/** A bolus belongs to the calculator's screen that was left at most this long before it. */
const WIZARD_MS = 5 * MINUTE_MS
/** A screen is dated by its end and a bolus by its beginning: clocks of two logs may differ by seconds. */
const EARLY_MS = MINUTE_MS
/** The square part of a dual bolus begins with its normal part or when that has ended: 25 U take 17 minutes. */
const DUAL_MS = 30 * MINUTE_MS
/** Half of the finest step of a bolus: less is rounding, not an override (metrics sheet §10). */
export const OVERRIDE_UNITS = 0.01

/** When insulin began to flow, as far as it is known. */
export const startOf = ({ startTime, deviceTime }: Bolus): DeviceTime => startTime ?? deviceTime

/** The second record of a dual bolus, where its parts are two. */
export const isSecondPart = ({ subType, normalUnits }: Bolus): boolean =>
  subType === 'dual' && normalUnits === undefined

/**
 * Boluses, screens and noted carbs of `records` (ascending in time) as rows in order of their beginning: a bolus with
 * its screen and its second part is one row, a screen that no bolus followed another. Each record is in exactly one row.
 */
export function therapyRows(records: readonly Stored<TherapyRecord>[]): TherapyRow[] {
  const boluses: Stored<Bolus>[] = []
  const wizards: Stored<Wizard>[] = []
  const food: Stored<Food>[] = []
  for (const record of records) {
    if (record.type === 'bolus') boluses.push(record)
    else if (record.type === 'wizard') wizards.push(record)
    else if (record.type === 'food') food.push(record)
  }
  const seconds = secondParts(boluses)
  const taken = new Set<Stored<Bolus>>(seconds.values())
  const screens = screensOf(boluses, wizards)
  const used = new Set<Stored<Wizard>>(screens.values())
  const rows: TherapyRow[] = [
    ...food.map((entry): TherapyRow => ({ at: entry.deviceTime, food: entry })),
    ...wizards.filter(screen => !used.has(screen)).map((wizard): TherapyRow => ({ at: wizard.deviceTime, wizard })),
    ...boluses.filter(bolus => !taken.has(bolus)).map(bolus => bolusRow(bolus, seconds.get(bolus), screens.get(bolus))),
  ]
  return rows.sort((a, b) => a.at - b.at)
}

function bolusRow(
  bolus: Stored<Bolus>,
  secondPart: Stored<Bolus> | undefined,
  wizard: Stored<Wizard> | undefined,
): TherapyRow {
  const programmed = programmedUnits(bolus, secondPart)
  const proposed = wizard ? proposedUnits(wizard) : undefined
  const overrideUnits = programmed === undefined || proposed === undefined ? undefined : programmed - proposed
  const isStopped = [bolus, secondPart].some(part => part && isInterrupted(part))
  return {
    at: startOf(bolus),
    bolus,
    ...(secondPart ? { secondPart } : {}),
    ...(wizard ? { wizard } : {}),
    ...(overrideUnits === undefined || Math.abs(overrideUnits) < OVERRIDE_UNITS ? {} : { overrideUnits }),
    ...(isStopped ? { interrupted: true as const } : {}),
  }
}

/** What the calculator proposed, U; `undefined` when the source does not say. */
export function proposedUnits(wizard: Wizard): number | undefined {
  const { recommendedNetUnits, recommendedCarbUnits, recommendedCorrectionUnits } = wizard
  if (recommendedNetUnits !== undefined) return recommendedNetUnits
  if (recommendedCarbUnits === undefined && recommendedCorrectionUnits === undefined) return undefined
  return (recommendedCarbUnits ?? 0) + (recommendedCorrectionUnits ?? 0)
}

/**
 * What was asked for, U: the programmed amounts where the source tells them, else what came. `undefined` for one part of
 * a dual bolus whose other part is a record that is not here.
 */
export function programmedUnits(bolus: Bolus, secondPart?: Bolus): number | undefined {
  if (
    bolus.subType === 'dual' &&
    !secondPart &&
    (bolus.normalUnits === undefined || bolus.extendedUnits === undefined)
  ) {
    return undefined
  }
  return [bolus, ...(secondPart ? [secondPart] : [])].reduce(
    (sum, part) =>
      sum +
      (part.programmedNormalUnits ?? part.normalUnits ?? 0) +
      (part.programmedExtendedUnits ?? part.extendedUnits ?? 0),
    0,
  )
}

/** Less came than was programmed, or the source says who stopped it. */
export function isInterrupted(bolus: Bolus): boolean {
  const lacks = (programmed: number | undefined, given: number | undefined) =>
    programmed !== undefined && programmed - (given ?? 0) >= OVERRIDE_UNITS
  return (
    bolus.cancelledBy !== undefined ||
    lacks(bolus.programmedNormalUnits, bolus.normalUnits) ||
    lacks(bolus.programmedExtendedUnits, bolus.extendedUnits)
  )
}

/** Of the two records of a dual bolus, by the first the second. */
function secondParts(boluses: readonly Stored<Bolus>[]): Map<Stored<Bolus>, Stored<Bolus>> {
  const found = new Map<Stored<Bolus>, Stored<Bolus>>()
  const duals = boluses.filter(({ subType }) => subType === 'dual')
  const firsts = duals
    .filter(({ normalUnits, extendedUnits }) => normalUnits !== undefined && extendedUnits === undefined)
    .map((one, order) => ({ one, order, at: startOf(one) }))
    .sort((a, b) => a.at - b.at)
  const starts = firsts.map(({ at }) => at)
  for (const second of duals.filter(isSecondPart)) {
    const at = startOf(second)
    const near = firsts.slice(indexAt(starts, at - DUAL_MS), indexAt(starts, at + DUAL_MS + 1))
    // Of several the one that was logged last.
    const first = near
      .filter(({ one }) => !found.has(one) && isSameDevice(one, second) && isSameNumber(one, second))
      .reduce<(typeof near)[number] | undefined>(
        (last, each) => (last && last.order > each.order ? last : each),
        undefined,
      )
    if (first) found.set(first.one, second)
  }
  return found
}

const isSameDevice = (a: Stored<Bolus>, b: Stored<Bolus>): boolean => deviceOf(a.sourceKey) === deviceOf(b.sourceKey)

const isSameNumber = (a: Bolus, b: Bolus): boolean =>
  a.bolusNumber === undefined || b.bolusNumber === undefined || a.bolusNumber === b.bolusNumber

/** By bolus, the calculator's screen it came of. A screen gives one bolus; what the source calls manual came of none. */
export function screensOf<B extends Stored<Bolus>, W extends Stored<Wizard>>(
  boluses: readonly B[],
  wizards: readonly W[],
): Map<B, W> {
  const found = new Map<B, W>()
  const used = new Set<W>()
  const candidates = boluses
    .filter(bolus => !isSecondPart(bolus) && (bolus.context === undefined || bolus.context === 'wizard'))
    .toSorted((a, b) => startOf(a) - startOf(b))
  // A screen before its bolus goes before one that seems to come after it.
  for (const earlyMs of [0, EARLY_MS]) {
    let end = 0
    for (const bolus of candidates) {
      const at = startOf(bolus)
      while ((wizards[end]?.deviceTime ?? Number.POSITIVE_INFINITY) <= at + earlyMs) end++
      if (found.has(bolus)) continue
      for (let i = end - 1; i >= 0; i--) {
        const screen = wizards[i]
        if (!screen || at - screen.deviceTime > WIZARD_MS) break
        if (used.has(screen) || screen.delivered === false) continue
        if (deviceOf(screen.sourceKey) !== deviceOf(bolus.sourceKey)) continue
        used.add(screen)
        found.set(bolus, screen)
        break
      }
    }
  }
  return found
}
