/**
 * Joins boluses with the calculator entries they came of, and the two parts of a dual bolus. The parts stay two records
 * of `subType` dual, as in CareLink's exports: statistics count them once. Source: paradigm sheet §8.2; the order in
 * which the records stand is that of real pages of 522, 523, 723 and 554 pumps.
 *
 * A bolus is written when it ends, with the time of its beginning. Large pumps write a square one when it begins and
 * rewrite its delivered amount when it ends, so the square part of a dual bolus stands before its normal part there.
 */
import { type DeviceTime, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { RawRef } from '#records/records.ts'
import type { RunState } from './factsRun.ts'
import type { HistoryRecord } from './historyPage.ts'
import { refOf, type Timed } from './therapy.ts'
import { BolusKind, onBoardOfBolus, readBolus } from './therapyInsulin.ts'
import { readWizard } from './therapyWizard.ts'
import { unfinishedSquares } from './unfinishedSquares.ts'

/** A bolus begins in the second of its calculator entry or up to half a minute later. */
const WIZARD_TO_BOLUS_MS = 30_000
/** So long after its calculator entry a bolus may still come: 25 U take 17 minutes. */
const LONGEST_NORMAL_MS = 30 * MINUTE_MS
/** Eight hours are the longest that a square bolus can be set to. */
const LONGEST_SQUARE_MS = 9 * HOUR_MS
/** The square part of a dual bolus begins when its normal part ends. */
const DUAL_PARTS_MS = LONGEST_NORMAL_MS
/** How many records behind its square part a large pump's normal part is looked for. */
const NEAR = 6
/** D of what a computer or remote control did. */
const FROM_COMPUTER = 2

/** What became of a calculator entry, and the record that shows it. */
interface Outcome {
  readonly delivered: boolean
  readonly by: number
  /** The square part of a dual bolus, where it was written first. */
  readonly squareAt?: number
}

/** Readers of one run; to be called in the log's order. `clock` as in {@link unfinishedSquares}. */
export function bolusFacts(state: RunState, clock: DeviceTime | undefined) {
  const { records: run, family, facts, start } = state
  /** By index of a bolus, the index of its calculator entry. */
  const wizards = new Map<number, number>()
  const unfinished = unfinishedSquares(run, family, clock)
  let lastDualNormal: number | undefined

  /** Small pumps write the normal part before the square one, large pumps behind it. */
  function normalPartOf(square: Timed, at: number): number | undefined {
    if (!family.isLarge) {
      return lastDualNormal !== undefined && isNormalPartOf(square, run[lastDualNormal]) ? lastDualNormal : undefined
    }
    for (let i = at + 1; i <= at + NEAR && i < run.length; i++) if (isNormalPartOf(square, run[i])) return i
    return undefined
  }

  function outcomeOf(entry: Timed, at: number): Outcome | undefined {
    let squareAt: number | undefined
    /** Of this entry only a square bolus can come any more, written when it has ended. */
    let isOver = false
    for (let i = at + 1; i < run.length; i++) {
      const record = run[i]
      if (record?.time === undefined || record.dateAt === undefined) continue
      const since = record.time - entry.time
      const isOurs = since >= 0 && since <= WIZARD_TO_BOLUS_MS
      if (record.opcode === 0x01) {
        const kind = record.spare.hour
        if (isOurs && (!isOver || kind === BolusKind.Square) && !wizards.has(i)) {
          return { delivered: true, by: i, ...(squareAt === undefined ? {} : { squareAt }) }
        }
        if (family.isLarge && kind === BolusKind.DualSquare) squareAt = i
        else if (since > WIZARD_TO_BOLUS_MS) isOver = true
      } else if (isWizard(record)) isOver = true
      const waitMs = family.isLarge ? LONGEST_NORMAL_MS : LONGEST_SQUARE_MS
      // A large pump writes a square bolus at once. Behind a set clock times say nothing about order any more.
      if ((isOver && family.isLarge) || since > waitMs || record.opcode === 0x17) return { delivered: false, by: i }
    }
    return undefined
  }

  return {
    /** 01 */
    bolus(record: Timed, at: number): void {
      if (unfinished.has(at)) {
        state.skip(record, 'a square bolus that was still being given: it comes with a later read')
        return
      }
      const fact = readBolus(record, family)
      const supporting: RawRef[] = []
      let wizardAt = wizards.get(at)
      if (record.spare.hour === BolusKind.DualSquare) {
        const normalAt = normalPartOf(record, at)
        const normal = normalAt === undefined ? undefined : run[normalAt]
        if (normal?.time !== undefined && normalAt !== undefined) {
          wizardAt ??= wizards.get(normalAt)
          fact.startTime = normal.time
          supporting.push(refOf(normal))
        }
      } else {
        fact.startTime = record.time
        if (record.spare.hour === BolusKind.DualNormal) lastDualNormal = at
      }
      const wizard = wizardAt === undefined ? undefined : run[wizardAt]
      if (wizard) {
        fact.context = 'wizard'
        supporting.push(refOf(wizard))
      } else if (record.spare.day === FROM_COMPUTER) fact.context = 'remote'
      // Nearer to the run's start the calculator entry may stand on a page that was not read.
      else if (start !== undefined && start < record.time - WIZARD_TO_BOLUS_MS) fact.context = 'manual'
      if (supporting.length > 0) fact.supporting = supporting
      facts.records.push(fact)
    },

    /** 5B and 2F, with the lists of active boluses behind them. */
    wizard(record: Timed, at: number): void {
      const fact = readWizard(record, family)
      if (typeof fact === 'string') {
        state.skip(record, fact)
        return
      }
      const supporting: RawRef[] = []
      for (let i = at + 1; run[i]?.opcode === 0x5c || run[i]?.opcode === 0x30; i++) supporting.push(...state.take(i))
      const outcome = outcomeOf(record, at)
      const decider = outcome && run[outcome.by]
      if (outcome && decider) {
        const { delivered, by, squareAt } = outcome
        fact.delivered = delivered
        supporting.push(refOf(decider))
        if (delivered) {
          wizards.set(by, at)
          if (squareAt !== undefined) wizards.set(squareAt, at)
          const onBoard = onBoardOfBolus(decider, family)
          // A large pump leaves the entry's own field empty when no glucose was entered.
          if (onBoard !== undefined && fact.glucose === undefined) fact.insulinOnBoardUnits = onBoard
        }
      }
      if (supporting.length > 0) fact.supporting = supporting
      facts.records.push(fact)
    },
  }
}

const isWizard = ({ opcode }: HistoryRecord): boolean => opcode === 0x5b || opcode === 0x2f

function isNormalPartOf(square: Timed, record: HistoryRecord | undefined): boolean {
  if (record?.opcode !== 0x01 || record.spare.hour !== BolusKind.DualNormal || record.time === undefined) return false
  const before = square.time - record.time
  return before >= 0 && before <= DUAL_PARTS_MS
}
