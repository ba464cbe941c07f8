/**
 * The columns of a day's boluses: everything that the bolus calculator knew and what came of it, one row for each thing
 * done. Source: reports sheet §1.2 (3), data-model sheet §2.3.
 */
import type { Preferences } from '#records/preferences.ts'
import type { Bolus, Wizard } from '#records/records.ts'
import { mgdlFrom } from '#records/units.ts'
import type { TherapyRow } from '#reports/models.ts'
import { withActor } from '../../parts/actorText.ts'
import type { Format } from '../../texts/format.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { reportTexts } from '../../texts/reports.ts'
import { doseText } from '../amounts.ts'
import { carbAmount, meterText } from '../dailyStops.ts'

const t = reportTexts.dailyTables
const names = dailyTexts.columns
const none = ''

export interface TherapyColumn {
  readonly name: string
  readonly number?: boolean
  readonly text: (row: TherapyRow, format: Format) => string
}

/** All columns after the time, in order; glucose in the person's unit. */
export function therapyColumns(units: Preferences['glucoseUnits']): readonly TherapyColumn[] {
  return [
    { name: names.what, text: whatText },
    { name: names.given, number: true, text: ofParts(partsGiven) },
    { name: names.programmed, number: true, text: ofParts(partsProgrammed) },
    {
      name: names.proposed,
      number: true,
      text: ofWizard((wizard, format) => dose(wizard.recommendedNetUnits, format)),
    },
    { name: names.override, number: true, text: overrideText },
    {
      name: names.forCarbs,
      number: true,
      text: ofWizard((wizard, format) => dose(wizard.recommendedCarbUnits, format)),
    },
    {
      name: names.forCorrection,
      number: true,
      text: ofWizard((wizard, format) => dose(wizard.recommendedCorrectionUnits, format)),
    },
    { name: names.onBoard, number: true, text: ofWizard((wizard, format) => dose(wizard.insulinOnBoardUnits, format)) },
    { name: names.carbs, number: true, text: carbsText },
    {
      name: names.glucose(units),
      number: true,
      text: ofWizard(({ glucose }, format) => (glucose ? meterText(glucose, format, false) : none)),
    },
    { name: names.ratio, number: true, text: ofWizard(ratioText) },
    {
      name: names.sensitivity(units),
      number: true,
      text: ofWizard((wizard, format) => setting(wizard.sensitivity, wizard, format)),
    },
    { name: names.target(units), number: true, text: ofWizard(targetText) },
    { name: names.over, number: true, text: overText },
  ]
}

const ofWizard =
  (text: (wizard: Wizard, format: Format) => string): TherapyColumn['text'] =>
  ({ wizard }, format) =>
    wizard ? text(wizard, format) : none

const dose = (units: number | undefined, format: Format) => (units === undefined ? none : doseText(units, format))

/** In the person's unit; a number whose unit the source does not tell stays away, for it could be read in the wrong one. */
const setting = (value: number | undefined, { settingsUnits }: Wizard, format: Format) =>
  value === undefined || settingsUnits === undefined ? none : format.glucose(mgdlFrom(value, settingsUnits))

const targetText = (wizard: Wizard, format: Format) =>
  [...new Set([setting(wizard.targetLow, wizard, format), setting(wizard.targetHigh, wizard, format)])]
    .filter(Boolean)
    .join('–')

const ratioText = ({ carbRatio, carbRatioUnits }: Wizard, format: Format) =>
  carbRatio === undefined ? none : `${trimmed(carbRatio, format)} ${t.ratioUnits[carbRatioUnits ?? 'g/U']}`

/** Ratios have whatever decimals they were set with. */
const trimmed = (value: number, format: Format) =>
  format.number(value, Math.min(3, String(value).split('.')[1]?.length ?? 0))

function carbsText({ wizard, food }: TherapyRow, format: Format): string {
  const entry = wizard ?? food
  if (!entry) return none
  return carbAmount(
    {
      ...(entry.carbsGrams === undefined ? {} : { grams: entry.carbsGrams }),
      ...(entry.carbsExchanges === undefined ? {} : { exchanges: entry.carbsExchanges }),
    },
    format,
  )
}

function overrideText({ overrideUnits }: TherapyRow, format: Format): string {
  if (overrideUnits === undefined) return none
  return dailyTexts.signed(doseText(Math.abs(overrideUnits), format), overrideUnits > 0)
}

const overText = ({ bolus, secondPart }: TherapyRow, format: Format) => {
  const durationMs = secondPart?.durationMs ?? bolus?.durationMs
  return durationMs === undefined ? none : format.duration(durationMs)
}

/** At once, then over time; both records of a dual bolus. */
const ofParts =
  (parts: (bolus: Bolus) => readonly (number | undefined)[]): TherapyColumn['text'] =>
  ({ bolus, secondPart }, format) =>
    [bolus, secondPart]
      .flatMap(one => (one ? parts(one) : []))
      .filter(units => units !== undefined)
      .map(units => doseText(units, format))
      .join(' + ')

const partsGiven = ({ normalUnits, extendedUnits }: Bolus) => [normalUnits, extendedUnits]
const partsProgrammed = ({ programmedNormalUnits, programmedExtendedUnits }: Bolus) => [
  programmedNormalUnits,
  programmedExtendedUnits,
]

function whatText({ bolus, secondPart, wizard, food, interrupted }: TherapyRow): string {
  if (food) return withActor(t.food, food)
  if (!bolus)
    return wizard ? withActor(wizard.delivered === false ? t.calculatorLeft : dailyTexts.calculatorAlone, wizard) : none
  const automatic = bolus.context === 'automatic'
  const context = bolus.context ?? (wizard ? 'wizard' : undefined)
  const stoppedBy = bolus.cancelledBy ?? secondPart?.cancelledBy
  const words = [
    automatic ? t.automatic : t.bolusTypes[bolus.subType],
    ...(context && !automatic ? [t.contexts[context]] : []),
    ...(interrupted ? [stoppedBy === undefined ? dailyTexts.interrupted : t.cancelled(stoppedBy)] : []),
  ]
  return withActor(words.join(', '), bolus)
}
