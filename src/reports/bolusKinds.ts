/**
 * What kinds of bolus there were: how they were given, what the calculator was asked for, whether its proposal was
 * changed, and which were cut short. One selection for every report that counts them and for the records behind a count.
 * Source: metrics sheet §10 (Bolus types, Override, Interrupted).
 */
import type { Bolus, Wizard } from '#records/records.ts'
import { type DeviceDay, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { recordAt } from '#stats/slices.ts'
import type { Material } from './days.ts'
import type { Stored, TherapyRow } from './models.ts'
import { isInterrupted, isSecondPart, programmedUnits, proposedUnits, therapyRows } from './wizards.ts'

/** In the order in which they are listed. */
export const bolusKinds = [
  'normal',
  'square',
  'dual',
  'injection',
  'automatic',
  'manual',
  'foodOnly',
  'correctionOnly',
  'foodAndCorrection',
  'purposeNotTold',
  'overridden',
  'underridden',
  'interrupted',
] as const
export type BolusKind = (typeof bolusKinds)[number]

export interface BolusUse {
  /** Boluses that gave something, without automatic ones; the two parts of a dual bolus are one. */
  readonly boluses: number
  readonly kinds: Readonly<Record<BolusKind, number>>
  /** Boluses of which both is known, what was programmed and what the calculator proposed. */
  readonly compared: number
  /** U above and U below the proposal, means over the boluses that were changed so; absent where none was. */
  readonly meanAboveUnits?: number
  readonly meanBelowUnits?: number
  /** Boluses of which it is known whether all of it came. */
  readonly watched: number
}

/** One bolus, with its kinds. */
export interface BolusOfKind {
  readonly bolus: Stored<Bolus>
  readonly day: DeviceDay
  readonly wizard?: Stored<Wizard>
  readonly kinds: ReadonlySet<BolusKind>
  /** Programmed less proposed, U; absent where one of them is not known. */
  readonly overProposedUnits?: number
  readonly isWatched: boolean
  /** Nothing came of it. */
  readonly isEmpty: boolean
}

/** Every bolus of the days looked at. The calculator may have been left just before midnight. */
export function bolusesOfKinds(material: Pick<Material, 'log' | 'days' | 'firstDay'>): readonly BolusOfKind[] {
  const looked = new Set(material.days)
  const reaching = material.log.slice(recordAt(material.log, startOfDeviceDay(material.firstDay - 1)))
  return therapyRows(reaching).flatMap(row => {
    const { bolus } = row
    if (!bolus || isSecondPart(bolus) || !looked.has(deviceDayOf(bolus.deviceTime))) return []
    return [ofKinds(bolus, row)]
  })
}

/** Counts them; `undefined` without any. */
export function summariseBoluses(boluses: readonly BolusOfKind[]): BolusUse | undefined {
  if (boluses.length === 0) return undefined
  const counts = new Map<BolusKind, number>()
  for (const { kinds } of boluses) for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const countOf = (kind: BolusKind): number => counts.get(kind) ?? 0
  const changedBy = (kind: 'overridden' | 'underridden') => {
    const units = boluses.flatMap(({ kinds, overProposedUnits = 0 }) =>
      kinds.has(kind) ? [Math.abs(overProposedUnits)] : [],
    )
    return units.length === 0 ? undefined : units.reduce((sum, amount) => sum + amount, 0) / units.length
  }
  const [above, below] = [changedBy('overridden'), changedBy('underridden')]
  return {
    boluses: boluses.filter(({ kinds, isEmpty }) => !isEmpty && !kinds.has('automatic')).length,
    // A count for each of the kinds there are.
    kinds: Object.fromEntries(bolusKinds.map(kind => [kind, countOf(kind)])) as Record<BolusKind, number>,
    compared: boluses.filter(({ overProposedUnits }) => overProposedUnits !== undefined).length,
    ...(above === undefined ? {} : { meanAboveUnits: above }),
    ...(below === undefined ? {} : { meanBelowUnits: below }),
    watched: boluses.filter(({ isWatched }) => isWatched).length,
  }
}

function ofKinds(bolus: Stored<Bolus>, row: TherapyRow): BolusOfKind {
  const { wizard, secondPart } = row
  const parts = secondPart ? [bolus, secondPart] : [bolus]
  const isEmpty = (bolus.normalUnits ?? 0) + (bolus.extendedUnits ?? 0) <= 0
  const kinds = new Set<BolusKind>()
  const overProposedUnits = isEmpty ? undefined : overProposed(bolus, row)
  if (!isEmpty) {
    kinds.add(bolus.context === 'automatic' ? 'automatic' : bolus.subType)
    if (bolus.context !== 'automatic' && bolus.subType !== 'injection') kinds.add(purposeOf(bolus, wizard))
    if (row.overrideUnits !== undefined) kinds.add(row.overrideUnits > 0 ? 'overridden' : 'underridden')
  }
  if (row.interrupted) kinds.add('interrupted')
  return {
    bolus,
    day: deviceDayOf(bolus.deviceTime),
    ...(wizard ? { wizard } : {}),
    kinds,
    ...(overProposedUnits === undefined ? {} : { overProposedUnits }),
    isWatched: parts.some(tellsProgrammed),
    isEmpty,
  }
}

/** Without the calculator; or what its screen was filled in for. Without a glucose value there is no correction. */
function purposeOf(bolus: Bolus, wizard: Wizard | undefined): BolusKind {
  if (!wizard) return bolus.context === 'wizard' ? 'purposeNotTold' : 'manual'
  const hasFood = isForFood(wizard)
  const correction = wizard.recommendedCorrectionUnits ?? (wizard.glucose ? undefined : 0)
  if (correction === undefined) return 'purposeNotTold'
  if (correction > 0) return hasFood ? 'foodAndCorrection' : 'correctionOnly'
  return hasFood ? 'foodOnly' : 'purposeNotTold'
}

export const isForFood = ({ carbsGrams = 0, carbsExchanges = 0 }: Wizard): boolean =>
  carbsGrams > 0 || carbsExchanges > 0

export const isForCorrection = ({ recommendedCorrectionUnits = 0 }: Wizard): boolean => recommendedCorrectionUnits > 0

function overProposed(bolus: Bolus, { wizard, secondPart }: TherapyRow): number | undefined {
  const proposed = wizard && proposedUnits(wizard)
  const programmed = programmedUnits(bolus, secondPart)
  return proposed === undefined || programmed === undefined ? undefined : programmed - proposed
}

/** The source says what was programmed, or who stopped it. */
const tellsProgrammed = (bolus: Bolus): boolean =>
  bolus.programmedNormalUnits !== undefined || bolus.programmedExtendedUnits !== undefined || isInterrupted(bolus)
