/** The words of the column "Bolus Source" and what they mean. Source: CareLink export sheet §6, "Bolus Source". */
import type { Bolus } from '#records/records.ts'

/** Sources of the doses that an algorithm gives instead of a basal rate, every five minutes. */
export const AUTO_BASAL_SOURCES: ReadonlySet<string> = new Set([
  'CLOSED_LOOP_AUTO_BASAL',
  'CLOSED_LOOP_MICRO_BOLUS',
  'CL_MICRO_BOLUS',
])

/**
 * Who decided, by "Bolus Source". In SmartGuard a correction or food bolus is proposed by the calculator and confirmed
 * by the person (two rows and a calculator row, as in manual mode); only the auto bolus is the algorithm's own.
 */
export const CONTEXTS: Readonly<Record<string, Bolus['context']>> = {
  BOLUS_WIZARD: 'wizard',
  MANUAL: 'manual',
  EASY_BOLUS: 'manual',
  PRESET_BOLUS: 'preset',
  CLOSED_LOOP_BG_CORRECTION: 'wizard',
  CLOSED_LOOP_FOOD_BOLUS: 'wizard',
  CLOSED_LOOP_BG_CORRECTION_AND_FOOD_BOLUS: 'wizard',
  CLOSED_LOOP_AUTO_BOLUS: 'automatic',
}

/** The day's sum of what the algorithm gave, in a section of its own. */
export const AUTO_TOTAL_SOURCE = 'CLOSED_LOOP_AUTO_INSULIN'
