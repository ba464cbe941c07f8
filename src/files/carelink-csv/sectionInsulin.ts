/**
 * Insulin in generations G1 to G3: boluses with the calculator's screens, basal rates, temporary rates, suspensions,
 * fills. Source: CareLink export sheet §6, rows "Bolus Type" to "BWZ row".
 */
import type { Bolus, Prime, Suspend, TempBasal, Wizard } from '#records/records.ts'
import { AUTO_BASAL_SOURCES, AUTO_TOTAL_SOURCE, CONTEXTS } from './bolusSources.ts'
import { type Column, glucoseUnitsOf } from './columns.ts'
import { glucoseFrom } from './glucose.ts'
import { BOLUS_WINDOW_MS, createBolusJoin, createWizardJoin } from './joins.ts'
import { amountFrom, durationMsFrom, MAX_AMOUNT } from './numbers.ts'
import { known } from './rows.ts'
import { type Handler, type Part, type SectionContext, some } from './sectionContext.ts'
import { suspendFrom } from './suspends.ts'

export function insulinPart({ header, section, out, cell, number, base, emit }: SectionContext): Part {
  const boluses = createBolusJoin(out.skipped)
  const wizards = createWizardJoin(out.skipped)

  const basalRate: Handler = row => {
    const rateUnitsPerHour = amountFrom(cell(row, 'basal rate'), MAX_AMOUNT.rateUnitsPerHour)
    if (rateUnitsPerHour === undefined) return `Not a basal rate: ${cell(row, 'basal rate')}`
    // Both the programme's rate and, at the same moment or a minute before, the one that a temporary basal or a suspend
    // makes of it; the columns do not say which is which. The basal derivation tells them apart.
    emit({ type: 'basalRate', ...base(row), rateUnitsPerHour })
    return undefined
  }

  const tempBasal: Handler = row => {
    const durationMs = durationMsFrom(cell(row, 'temp basal duration'))
    const type = cell(row, 'temp basal type').toLowerCase()
    const max = type === 'rate' ? MAX_AMOUNT.rateUnitsPerHour : MAX_AMOUNT.percent
    const amount = amountFrom(cell(row, 'temp basal amount'), max)
    if (amount === undefined || durationMs === undefined) return 'A temporary basal without amount or duration'
    if (type !== 'percent' && type !== 'rate') return 'A temporary basal that is neither a percentage nor a rate'
    emit(
      known<TempBasal>({
        type: 'tempBasal',
        ...base(row),
        durationMs,
        percent: type === 'percent' ? amount : undefined,
        rateUnitsPerHour: type === 'rate' ? amount : undefined,
        rateSteps: type === 'percent' ? section.percentSteps : undefined,
      }),
    )
    return undefined
  }

  const bolus: Handler = row => {
    const type = cell(row, 'bolus type')
    const source = cell(row, 'bolus source')
    const delivered = cell(row, 'bolus volume delivered')
    const isDayTotal = section.kind === 'AutoInsulin' || source === AUTO_TOTAL_SOURCE
    const units = amountFrom(delivered, isDayTotal ? MAX_AMOUNT.dayUnits : MAX_AMOUNT.bolusUnits)
    if (units === undefined && delivered !== '' && delivered !== '-------')
      return `Not an amount of insulin: ${delivered}`
    const programmed = number(row, 'bolus volume selected')
    const bolusNumber = number(row, 'bolus number')
    const key = `${type}|${bolusNumber ?? `? ${programmed}`}`
    if (units !== undefined) {
      if (isDayTotal) {
        emit({ type: 'autoInsulinTotal', ...base(row), units })
        return undefined
      }
      if (AUTO_BASAL_SOURCES.has(source)) {
        boluses.delivered(key, row.time, BOLUS_WINDOW_MS.autoDose, ({ supporting }) => {
          const dose = { type: 'autoBasalDose', ...base(row), units } as const
          emit(supporting.length > 0 ? { ...dose, supporting } : dose)
        })
        return undefined
      }
    }
    const isExtended = /square/i.test(type)
    if (!/^(normal|square|dual[ /(]*(normal|square)( part)?\)?)$/i.test(type)) {
      return type === '' ? 'A bolus row without a type' : `An unknown type of bolus: ${type}`
    }
    if (units !== undefined) {
      const windowMs = isExtended ? BOLUS_WINDOW_MS.extended : BOLUS_WINDOW_MS.normal
      boluses.delivered(key, row.time, windowMs, addition => {
        emit(
          known<Bolus>({
            type: 'bolus',
            ...base(row),
            supporting: some(addition.supporting),
            subType: /dual/i.test(type) ? 'dual' : isExtended ? 'square' : 'normal',
            startTime: addition.startTime,
            normalUnits: isExtended ? undefined : units,
            extendedUnits: isExtended ? units : undefined,
            programmedNormalUnits: isExtended ? undefined : programmed,
            programmedExtendedUnits: isExtended ? programmed : undefined,
            durationMs: durationMsFrom(cell(row, 'bolus duration') || cell(row, 'programmed bolus duration')),
            context: cell(row, 'preset bolus') === '' ? CONTEXTS[source] : 'preset',
            rawSource: source === '' ? undefined : source,
            bolusNumber,
            cancelledBy: addition.cancelledBy,
          }),
        )
      })
      return undefined
    }
    const cancelled = cell(row, 'bolus cancellation reason')
    if (cancelled !== '') {
      boluses.cancelled(key, row.time, cancelled, row)
      return undefined
    }
    if (programmed === undefined) return 'A bolus row without volumes'
    wizards.programmedBolus(row.time)
    boluses.programmed(key, row.time, row)
    return undefined
  }

  const wizard: Handler = row => {
    const status = cell(row, 'bwz status')
    const inputColumn: Column = header.positions.has('bwz bg/sg input') ? 'bwz bg/sg input' : 'bwz bg input'
    const input = number(row, inputColumn)
    const seen =
      input === undefined || input === 0
        ? undefined
        : glucoseFrom(cell(row, inputColumn), glucoseUnitsOf(header, inputColumn))
    const inExchanges = header.units.get('bwz carb input') === 'exchanges'
    const carbText = cell(row, 'bwz carb input')
    const carbs = amountFrom(carbText, MAX_AMOUNT.carbs)
    if (carbs === undefined && carbText !== '' && carbText !== '-------') {
      return `Not an amount of carbohydrate: ${carbText}`
    }
    const carbRatio = number(row, 'bwz carb ratio')
    const sensitivity = number(row, 'bwz insulin sensitivity')
    const targetLow = number(row, 'bwz target low bg')
    const targetHigh = number(row, 'bwz target high bg')
    const hasSettings = sensitivity !== undefined || targetLow !== undefined || targetHigh !== undefined
    wizards.wizard(status === '' ? undefined : !/not/i.test(status), addition => {
      emit(
        known<Wizard>({
          type: 'wizard',
          ...base(row),
          supporting: some(addition.supporting),
          carbsGrams: inExchanges ? undefined : carbs,
          carbsExchanges: inExchanges ? carbs : undefined,
          glucose: typeof seen === 'string' ? undefined : seen,
          carbRatio,
          carbRatioUnits:
            carbRatio === undefined
              ? undefined
              : header.units.get('bwz carb ratio')?.startsWith('u/')
                ? 'U/exchange'
                : 'g/U',
          sensitivity,
          targetLow,
          targetHigh,
          settingsUnits: hasSettings ? glucoseUnitsOf(header, 'bwz insulin sensitivity') : undefined,
          recommendedCarbUnits: number(row, 'bwz food estimate'),
          recommendedCorrectionUnits: number(row, 'bwz correction estimate'),
          recommendedNetUnits: number(row, 'bwz estimate'),
          insulinOnBoardUnits: number(row, 'bwz active insulin'),
          delivered: addition.delivered,
        }),
      )
    })
    return typeof seen === 'string' ? `The bolus calculator's glucose: ${seen}` : undefined
  }

  const wizardDetail: Handler = row => {
    wizards.detail(row)
    return undefined
  }

  const prime: Handler = row => {
    const type = cell(row, 'prime type').toLowerCase()
    const volumeUnits = number(row, 'prime volume delivered')
    const target: Prime['target'] | undefined = /tubing|manual/.test(type)
      ? 'tubing'
      : /cannula|fixed/.test(type)
        ? 'cannula'
        : undefined
    if (target === undefined || volumeUnits === undefined) return 'A fill without volume, or of an unknown kind'
    emit({ type: 'prime', ...base(row), target, volumeUnits })
    return undefined
  }

  const rewind: Handler = row => {
    emit({ type: 'rewind', ...base(row) })
    return undefined
  }

  const suspend: Handler = row => {
    const word = cell(row, 'suspend')
    const meaning = suspendFrom(word)
    if (!meaning) return `An unknown word in the column "Suspend": ${word}`
    emit(known<Suspend>({ type: 'suspend', ...base(row), ...meaning }))
    return undefined
  }

  return {
    handlers: [
      ['basal rate', basalRate],
      ['temp basal amount', tempBasal],
      ['bolus type', bolus],
      ['bolus volume selected', bolus],
      ['bolus volume delivered', bolus],
      ['bolus cancellation reason', bolus],
      ['prime type', prime],
      ['rewind', rewind],
      ['suspend', suspend],
      ['bwz estimate', wizard],
      ['bwz carb input', wizard],
      ['bwz status', wizard],
      ['bwz unabsorbed insulin total', wizardDetail],
      ['final bolus estimate', wizardDetail],
      ['scroll step size', wizardDetail],
    ],
    at: time => wizards.at(time),
    end() {
      wizards.end()
      boluses.end()
    },
  }
}
