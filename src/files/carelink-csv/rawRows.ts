/**
 * Rows of generation R: one table, one record a row, decoded from "Raw-Type" and "Raw-Values", which no language
 * translates. Rows ascend in time. Rows that tell the same thing twice, and rows that complete one another, wait here
 * until the time has passed in which their other half may come. Source: CareLink export sheet §4.
 */
import type { Bolus, Calibration, RawRef, Smbg, TherapyRecord, TimeChange, Wizard } from '#records/records.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'
import type { Header } from './columns.ts'
import { deviceTimeUnder, splitDateAndTime } from './dates.ts'
import { createFingerstickMerge, type FingerstickRow, WIZARD_TO_BOLUS_MS } from './joins.ts'
import { type RawFact, rawEvent } from './rawEvents.ts'
import { MAX_AMOUNT } from './numbers.ts'
import { amountIn, mgdlIn, newTimeIn, numberIn, rawValuesFrom } from './rawValues.ts'
import { cellOf, known, type Output, type RowPlace, type TableReader, type TableRow } from './rows.ts'

/** A square part begins 40 s to 3 min after its normal part; ten minutes is the sheet's limit. */
const DUAL_PARTS_MS = 10 * MINUTE_MS
/** The glucose history writes a clock change with whole minutes, the pump history with seconds. */
const SAME_CLOCK_CHANGE_MS = 2 * MINUTE_MS

interface Fact extends RawFact {
  readonly device: number
  readonly rawId: string
  readonly row: RowPlace
  readonly meterSerial: string
  readonly newTime: DeviceTime | undefined
}

interface WaitingWizard {
  readonly fact: Fact
  readonly supporting: RawRef[]
  bolusFollowed: boolean
}

interface CalibrationRow extends FingerstickRow {
  readonly value: number
  readonly fact: Fact
}

/** Of rows that tell of one calibration the most exact one is the record. */
const CALIBRATION_TYPES = ['CalBGForPH', 'SensorCalBG', 'CalBGForGH']

/** Reads the table; `deviceOf` gives the number of the device that a row's "Raw-Device Type" names. */
export function createRawReader(header: Header, deviceOf: (rawDeviceType: string) => number, out: Output): TableReader {
  let now: DeviceTime | undefined
  // What came in the second that is being read.
  let fingersticks: Fact[] = []
  let boluses: Fact[] = []
  let unabsorbed: Fact[] = []
  // What waits longer.
  let wizards: WaitingWizard[] = []
  let clockChanges: Fact[] = []
  let lastDualStart: Fact | undefined

  const calibrations = createFingerstickMerge<CalibrationRow>(rows => {
    const ranked = [...rows].sort(
      (a, b) => CALIBRATION_TYPES.indexOf(a.fact.type) - CALIBRATION_TYPES.indexOf(b.fact.type),
    )
    const [best, ...others] = ranked
    if (!best) return
    const { base, device } = best.fact
    emit<Calibration>(device, { type: 'calibration', ...base, value: best.value, units: 'mg/dL' }, others.map(refOf))
  })

  function emit<T extends TherapyRecord>(device: number, record: T, supporting: readonly RawRef[] = []): void {
    out.record(device, supporting.length > 0 ? { ...record, supporting } : record)
  }

  function factFrom(row: TableRow): Fact {
    const cell = (column: Parameters<typeof cellOf>[2]) => cellOf(header, row, column)
    const type = cell('raw-type')
    const values = rawValuesFrom(cell('raw-values'))
    const rawId = cell('raw-id')
    const { date, time } = splitDateAndTime(cell('new device time'))
    return {
      type,
      values,
      rawId,
      // A spreadsheet turns long numbers into 1.13E+10: then the row's content has to name it.
      base: {
        deviceTime: row.time,
        identity: /^\d+$/.test(rawId) ? rawId : `${type}|${cell('raw-values')}`,
        raw: row.ref,
      },
      model: cell('raw-device type'),
      alarmText: cell('alarm'),
      device: deviceOf(cell('raw-device type')),
      row: { ref: row.ref, line: row.line },
      meterSerial: (values['PARADIGM_LINK_ID'] ?? cell('linked bg meter id')).replace(/^#/, ''),
      newTime: time === undefined ? undefined : deviceTimeUnder(row.dateOrder, date, time),
    }
  }

  /** One test is written as received from the meter and as seen by the pump, in the same second. */
  function closeFingersticks(): void {
    const received = fingersticks
      .filter(({ type }) => type === 'BGReceived')
      .map(fact => ({ fact, also: [] as RawRef[] }))
    const rest: typeof received = []
    for (const fact of fingersticks.filter(({ type }) => type !== 'BGReceived')) {
      const same = received.find(
        other => other.also.length === 0 && other.fact.device === fact.device && amount(other.fact) === amount(fact),
      )
      if (same) same.also.push(fact.row.ref)
      else rest.push({ fact, also: [] })
    }
    for (const { fact, also } of [...received, ...rest]) {
      const value = amount(fact)
      if (value === undefined) {
        out.skipped(fact.row, `Not a glucose value: ${fact.values['AMOUNT'] ?? 'nothing'}`)
        continue
      }
      const linked = fact.type === 'BGReceived' || /link/.test(fact.values['ACTION_REQUESTOR'] ?? '')
      const meterSerial = fact.meterSerial === '' ? undefined : fact.meterSerial
      const subType = linked ? 'linked' : 'manual'
      emit(fact.device, known<Smbg>({ type: 'smbg', ...fact.base, value, units: 'mg/dL', subType, meterSerial }), also)
    }
    fingersticks = []
  }

  function closeBoluses(): void {
    for (const fact of unabsorbed) {
      const id = fact.values['BOLUS_ESTIMATE_DATUM'] ?? fact.values['BOLUS_ESTIMATE_DATUM_ID']
      const wizard = wizards.find(waiting => waiting.fact.rawId === id)
      if (wizard) wizard.supporting.push(fact.row.ref)
      else out.skipped(fact.row, 'Belongs to a row of the bolus calculator that is not in this file')
    }
    for (const fact of boluses) {
      const wizard = wizards.findLast(
        waiting =>
          !waiting.bolusFollowed &&
          waiting.fact.device === fact.device &&
          fact.base.deviceTime - waiting.fact.base.deviceTime <= WIZARD_TO_BOLUS_MS,
      )
      if (wizard) wizard.bolusFollowed = true
      emitBolus(fact, wizard !== undefined)
    }
    unabsorbed = []
    boluses = []
  }

  function emitBolus({ type, values, base, device, row }: Fact, fromWizard: boolean): void {
    const isSquare = type === 'BolusSquare'
    const isDual = values['IS_DUAL_COMPONENT'] === 'true'
    const units = amountIn(values, 'AMOUNT', MAX_AMOUNT.bolusUnits)
    const programmed = numberIn(values, 'PROGRAMMED_AMOUNT')
    if (units === undefined) {
      out.skipped(row, `Not an amount of insulin: ${values['AMOUNT'] ?? 'nothing'}`)
      return
    }
    // The parts of a dual bolus stay two records (see joins.ts); the square one begins with its normal part.
    const start = isDual && isSquare ? lastDualStart : undefined
    const requestor = values['ACTION_REQUESTOR']
    emit(
      device,
      known<Bolus>({
        type: 'bolus',
        ...base,
        subType: isDual ? 'dual' : isSquare ? 'square' : 'normal',
        startTime: start?.device === device ? start.base.deviceTime : base.deviceTime,
        normalUnits: isSquare ? undefined : units,
        extendedUnits: isSquare ? units : undefined,
        programmedNormalUnits: isSquare ? undefined : programmed,
        programmedExtendedUnits: isSquare ? programmed : undefined,
        durationMs: isSquare ? numberIn(values, 'DURATION') : undefined,
        context: fromWizard ? 'wizard' : /remote/.test(requestor ?? '') ? 'remote' : 'manual',
        rawSource: requestor,
      }),
    )
  }

  function emitWizard({ fact, supporting, bolusFollowed }: WaitingWizard, othersCameAfter: boolean): void {
    const { values, base, device } = fact
    const inExchanges = values['CARB_UNITS'] === 'exchanges'
    const carbs = carbsIn(fact)
    const carbRatio = numberIn(values, 'CARB_RATIO')
    const glucose = mgdlIn(values, 'BG_INPUT')
    emit(
      device,
      known<Wizard>({
        type: 'wizard',
        ...base,
        carbsGrams: inExchanges ? undefined : carbs,
        carbsExchanges: inExchanges ? carbs : undefined,
        glucose: glucose === undefined ? undefined : { value: glucose, units: 'mg/dL' },
        carbRatio,
        carbRatioUnits: carbRatio === undefined ? undefined : inExchanges ? 'U/exchange' : 'g/U',
        sensitivity: mgdlIn(values, 'INSULIN_SENSITIVITY'),
        targetLow: mgdlIn(values, 'BG_TARGET_LOW'),
        targetHigh: mgdlIn(values, 'BG_TARGET_HIGH'),
        settingsUnits: 'mg/dL',
        recommendedCarbUnits: numberIn(values, 'FOOD_ESTIMATE'),
        recommendedCorrectionUnits: numberIn(values, 'CORRECTION_ESTIMATE'),
        recommendedNetUnits: numberIn(values, 'BOLUS_ESTIMATE'),
        insulinOnBoardUnits: numberIn(values, 'UNABSORBED_INSULIN_TOTAL'),
        // At the end of the file the bolus may simply not be in it.
        delivered: bolusFollowed ? true : othersCameAfter ? false : undefined,
      }),
      supporting,
    )
  }

  /** Gives the clock changes of which no other row can come any more; the pump's own row before the sensor's copy. */
  function closeClockChanges(): void {
    const copies = new Map<Fact, RawRef[]>()
    const lone = clockChanges.filter(fact => fact.type === 'ChangeTimeGH')
    for (const fact of clockChanges.filter(({ type }) => type === 'ChangeTime')) {
      const at = lone.findIndex(
        copy =>
          copy.device === fact.device &&
          copy.values['NEW_TIME'] === fact.values['NEW_TIME'] &&
          Math.abs(copy.base.deviceTime - fact.base.deviceTime) <= SAME_CLOCK_CHANGE_MS,
      )
      copies.set(fact, at < 0 ? [] : lone.splice(at, 1).map(copy => copy.row.ref))
    }
    for (const fact of lone) copies.set(fact, [])
    for (const [fact, supporting] of copies) {
      const { base, device, newTime, values, row } = fact
      const to = newTime ?? newTimeIn(values)
      if (to === undefined) {
        out.skipped(row, 'The new time of the clock is not readable')
        continue
      }
      const change: TimeChange = { type: 'timeChange', ...base, from: base.deviceTime, to }
      emit(device, newTime === undefined ? { ...change, annotations: ['uncertain-timestamp'] } : change, supporting)
    }
    clockChanges = []
  }

  function closeSecond(next: DeviceTime | undefined): void {
    closeFingersticks()
    closeBoluses()
    const passed = (fact: Fact, ms: number) => next === undefined || Math.abs(next - fact.base.deviceTime) > ms
    for (const wizard of wizards) if (passed(wizard.fact, WIZARD_TO_BOLUS_MS)) emitWizard(wizard, next !== undefined)
    wizards = wizards.filter(wizard => !passed(wizard.fact, WIZARD_TO_BOLUS_MS))
    // A change and its copy lie at most two minutes apart: all are settled when the newest of them is that old.
    if (clockChanges.every(fact => passed(fact, SAME_CLOCK_CHANGE_MS))) closeClockChanges()
    if (lastDualStart && passed(lastDualStart, DUAL_PARTS_MS)) lastDualStart = undefined
  }

  return {
    read(row) {
      if (row.time !== now) closeSecond(row.time)
      now = row.time
      const fact = factFrom(row)
      switch (fact.type) {
        case 'BGReceived':
        case 'BGCapturedOnPump':
          fingersticks.push(fact)
          return
        case 'BolusNormal':
        case 'BolusSquare':
          if (fact.type === 'BolusNormal' && fact.values['IS_DUAL_COMPONENT'] === 'true') lastDualStart = fact
          boluses.push(fact)
          return
        case 'BolusWizardBolusEstimate':
          if (fact.values['CARB_INPUT'] !== undefined && carbsIn(fact) === undefined) {
            out.skipped(row, `Not an amount of carbohydrate: ${fact.values['CARB_INPUT']}`)
            return
          }
          wizards.push({ fact, supporting: [], bolusFollowed: false })
          return
        case 'UnabsorbedInsulin':
          unabsorbed.push(fact)
          return
        case 'ChangeTime':
        case 'ChangeTimeGH':
          clockChanges.push(fact)
          return
        case 'CalBGForPH':
        case 'CalBGForGH':
        case 'SensorCalBG': {
          const value = amount(fact)
          if (value === undefined) out.skipped(row, `Not a glucose value: ${fact.values['AMOUNT'] ?? 'nothing'}`)
          else calibrations.add({ time: row.time, said: `${fact.device} ${value}`, ref: row.ref, value, fact })
          return
        }
        default: {
          const record = rawEvent(fact)
          if (typeof record === 'string') out.skipped(row, record)
          else emit(fact.device, record)
        }
      }
    },
    end() {
      closeSecond(undefined)
      calibrations.end()
    },
  }
}

const amount = (fact: Fact): number | undefined => mgdlIn(fact.values, 'AMOUNT')
const carbsIn = (fact: Fact): number | undefined => amountIn(fact.values, 'CARB_INPUT', MAX_AMOUNT.carbs)
const refOf = ({ ref }: { readonly ref: RawRef }): RawRef => ref
