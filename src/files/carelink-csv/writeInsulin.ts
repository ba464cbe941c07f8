/**
 * Insulin and food as rows of CareLink's current export: two rows a bolus, a row a screen of the calculator.
 * Source: CareLink export sheet §6, rows "Bolus Type" to "BWZ row".
 */
import type { AutoBasalDose, AutoInsulinTotal, Bolus, Food, Wizard } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { AUTO_BASAL_SOURCES, AUTO_TOTAL_SOURCE, CONTEXTS } from './bolusSources.ts'
import { saysSomething } from './cells.ts'
import { durationText, MAX_AMOUNT, numberText } from './numbers.ts'
import type { ColumnUnits } from './writeColumns.ts'
import { type Cells, isAmount, isWritableGlucose, oneRow, type Row, type Written } from './writeRow.ts'

/** CareLink's words for who decided; for "by remote" it has none that we know. */
const SOURCE_OF_CONTEXT: Readonly<Partial<Record<NonNullable<Bolus['context']>, string>>> = {
  wizard: 'BOLUS_WIZARD',
  manual: 'MANUAL',
  preset: 'PRESET_BOLUS',
  automatic: 'CLOSED_LOOP_AUTO_BOLUS',
}

/** A dual bolus in one record becomes its two parts, each delivered at the record's time. */
export function writeBolus(bolus: Bolus): Written | undefined {
  const { subType, normalUnits, extendedUnits } = bolus
  if (subType === 'injection') return writeInjection(bolus)
  const amounts = [normalUnits, extendedUnits].filter(units => units !== undefined)
  if (amounts.length === 0 || !amounts.every(units => isAmount(units, MAX_AMOUNT.bolusUnits))) return undefined
  const isDual = subType === 'dual' || amounts.length === 2
  const source = sourceOf(bolus)
  const parts: Row[][] = []
  if (normalUnits !== undefined) {
    const type = isDual ? 'Dual (normal part)' : 'Normal'
    parts.push(partRows(bolus, source, type, normalUnits, bolus.programmedNormalUnits, extendedUnits === undefined))
  }
  if (extendedUnits !== undefined) {
    const type = isDual ? 'Dual (square part)' : 'Square'
    parts.push(partRows(bolus, source, type, extendedUnits, bolus.programmedExtendedUnits, true))
  }
  const programmed = extendedUnits === undefined ? bolus.programmedNormalUnits : bolus.programmedExtendedUnits
  const isShortened =
    (bolus.context !== undefined && source === undefined) ||
    (bolus.durationMs !== undefined && durationText(bolus.durationMs) === undefined) ||
    (programmed === undefined && (bolus.startTime !== undefined || bolus.cancelledBy !== undefined))
  return { rows: parts.flat(), isShortened }
}

/** The row of its beginning (where beginning and programmed amount are known), why it was stopped, its delivery. */
function partRows(
  { deviceTime, startTime, durationMs, bolusNumber, cancelledBy }: Bolus,
  source: string | undefined,
  type: string,
  units: number,
  programmed: number | undefined,
  hasDuration: boolean,
): Row[] {
  const about: Cells = {
    'bolus type': type,
    'bolus volume selected': programmed,
    'bolus duration': hasDuration && durationMs !== undefined ? durationText(durationMs) : undefined,
    'bolus number': bolusNumber,
    'bolus source': source,
  }
  const rows: Row[] = []
  if (startTime !== undefined && startTime <= deviceTime && programmed !== undefined) {
    rows.push({ time: startTime, cells: about })
  }
  if (cancelledBy !== undefined && saysSomething(cancelledBy)) {
    // Without a number the programmed amount is what joins it with its bolus.
    const selected = bolusNumber === undefined ? programmed : undefined
    rows.push({
      time: deviceTime,
      cells: {
        'bolus type': type,
        'bolus volume selected': selected,
        'bolus number': bolusNumber,
        'bolus cancellation reason': cancelledBy,
      },
    })
  }
  rows.push({ time: deviceTime, cells: { ...about, 'bolus volume delivered': units } })
  return rows
}

/** The device's own word where it is CareLink's and means the same, else CareLink's word for it. */
function sourceOf({ rawSource, context }: Bolus): string | undefined {
  const isOfDoses = rawSource !== undefined && (AUTO_BASAL_SOURCES.has(rawSource) || rawSource === AUTO_TOTAL_SOURCE)
  if (rawSource !== undefined && saysSomething(rawSource) && !isOfDoses && CONTEXTS[rawSource] === context) {
    return rawSource
  }
  return context && SOURCE_OF_CONTEXT[context]
}

function writeInjection({ deviceTime, normalUnits }: Bolus): Written | undefined {
  if (!isAmount(normalUnits, MAX_AMOUNT.injectionUnits)) return undefined
  return oneRow(deviceTime, { 'event marker': `Insulin: ${markerAmount(normalUnits)}` })
}

export function writeFood({ deviceTime, carbsGrams, carbsExchanges }: Food): Written | undefined {
  const [amount, unit] = carbsGrams === undefined ? [carbsExchanges, 'exchanges'] : [carbsGrams, 'grams']
  if (!isAmount(amount, MAX_AMOUNT.carbs)) return undefined
  return oneRow(deviceTime, { 'event marker': `Meal: ${markerAmount(amount)}${unit}` })
}

/** "27,00": always with a decimal comma, as no marker with another one is known. */
const markerAmount = (amount: number): string => {
  const text = numberText(amount)
  const decimals = text.split('.')[1]?.length ?? 0
  return (decimals > 2 ? text : amount.toFixed(2)).replace('.', ',')
}

/** Needs what makes a row the calculator's: its estimate, carbohydrate, or what became of it. */
export function writeWizard(wizard: Wizard, units: ColumnUnits): Written | undefined {
  const { glucose, settingsUnits, carbRatioUnits, delivered } = wizard
  const carbs = units.carbs === 'grams' ? wizard.carbsGrams : wizard.carbsExchanges
  if (carbs !== undefined && !isAmount(carbs, MAX_AMOUNT.carbs)) return undefined
  if (wizard.recommendedNetUnits === undefined && carbs === undefined && delivered === undefined) return undefined
  // LO and HI are no numbers (see writeGlucose.ts).
  const isNumber = glucose !== undefined && glucose.outOfRange === undefined && isWritableGlucose(glucose)
  const seen = isNumber && glucose.units === units.glucose ? glucose.value : undefined
  const isInUnits = settingsUnits === undefined || settingsUnits === units.glucose
  const isRatioInUnits = (carbRatioUnits === 'U/exchange') === (units.carbs === 'exchanges')
  const cells: Cells = {
    'bwz estimate': wizard.recommendedNetUnits,
    'bwz target high bg': isInUnits ? wizard.targetHigh : undefined,
    'bwz target low bg': isInUnits ? wizard.targetLow : undefined,
    'bwz carb ratio': isRatioInUnits ? wizard.carbRatio : undefined,
    'bwz insulin sensitivity': isInUnits ? wizard.sensitivity : undefined,
    'bwz carb input': carbs,
    'bwz bg/sg input': seen,
    'bwz correction estimate': wizard.recommendedCorrectionUnits,
    'bwz food estimate': wizard.recommendedCarbUnits,
    'bwz active insulin': wizard.insulinOnBoardUnits,
    'bwz status': delivered === undefined ? undefined : delivered ? 'Delivered' : 'Not Delivered',
  }
  const isShortened =
    (glucose !== undefined && seen === undefined) || !isInUnits || (wizard.carbRatio !== undefined && !isRatioInUnits)
  return oneRow(wizard.deviceTime, cells, isShortened)
}

export function writeAutoBasalDose({ deviceTime, units }: AutoBasalDose): Written | undefined {
  return isAmount(units, MAX_AMOUNT.bolusUnits) ? autoRow(deviceTime, units, 'CLOSED_LOOP_AUTO_BASAL') : undefined
}

export function writeAutoInsulinTotal({ deviceTime, units }: AutoInsulinTotal): Written | undefined {
  return isAmount(units, MAX_AMOUNT.dayUnits) ? autoRow(deviceTime, units, AUTO_TOTAL_SOURCE) : undefined
}

const autoRow = (time: DeviceTime, units: number, source: string): Written =>
  oneRow(time, {
    'bolus type': 'Normal',
    'bolus volume selected': units,
    'bolus volume delivered': units,
    'bolus source': source,
  })
