/** Any records that CareLink's current export can say, for property tests: a pump's day, one thing every quarter hour. */
import fc from 'fast-check'
import type { TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'

type Bare<T> = T extends TherapyRecord ? Omit<T, 'deviceTime' | 'identity' | 'raw'> : never
/** Seconds before the record's time at which its bolus began. */
type Made = { readonly record: Bare<TherapyRecord>; readonly startedBefore?: number }

const START = Date.UTC(2026, 2, 1)
const SLOT_MS = 900_000

const marks = fc.constantFrom('', '=', '+', '-', '@', "'", "'=", '"', '; ', ', ', 'a;b', 'a,b', 'a\nb', 'a\r\nb')
/** As cells hold it: without blanks at its ends, not empty, no line of dashes. */
const text = fc
  .tuple(marks, fc.string({ unit: 'grapheme', maxLength: 12 }), marks)
  .map(parts =>
    parts
      .join('')
      .replaceAll(/\p{Cc}(?<![\t\r\n])|\uFEFF/gu, '')
      .trim(),
  )
  .filter(said => said !== '' && said !== '-------')
/** Not one that an alarm's or a marker's words have another meaning in. */
const plainText = text.filter(
  said =>
    !/: (tone and vibration|tone|vibration|siren|alert silence)$|\(\d+\)$|code: ?\d+$/i.test(said) &&
    !/^(insulin|meal|exercise|start|end)/i.test(said),
)

const steps = (most: number, perUnit: number) => fc.integer({ min: 0, max: most * perUnit }).map(step => step / perUnit)
const units = steps(25, 40)
const anyAmount = fc
  .oneof(steps(60, 1000), fc.double({ min: 1e-6, max: 60, noNaN: true }))
  .map(amount => (Object.is(amount, -0) ? 0 : amount))
const signedAmount = fc
  .tuple(anyAmount, fc.boolean())
  .map(([amount, isBelow]) => (isBelow && amount > 0 ? -amount : amount))
const glucose = fc.oneof(
  fc.record({ value: fc.integer({ min: 1, max: 1000 }), units: fc.constant('mg/dL' as const) }),
  fc.record({
    value: fc.integer({ min: 1, max: 550 }).map(tenths => tenths / 10),
    units: fc.constant('mmol/L' as const),
  }),
)
const wholeSeconds = (most: number) => fc.integer({ min: 0, max: most }).map(seconds => seconds * 1000)
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
/** Objects without their undefined fields, as records are. */
const fields = <T extends Record<string, fc.Arbitrary<unknown>>>(of: T) =>
  fc.record(of).map(all => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

/** The fields make a record of the type named; what may be missing may be missing. */
const of = (type: TherapyRecord['type'], arbitrary: fc.Arbitrary<object>): fc.Arbitrary<Made> =>
  arbitrary.map(all => ({ record: { type, ...all } as Bare<TherapyRecord> }))

const source = fc.constantFrom(
  {},
  { rawSource: 'BOLUS_WIZARD', context: 'wizard' },
  { rawSource: 'EASY_BOLUS', context: 'manual' },
  { rawSource: 'PRESET_BOLUS', context: 'preset' },
  { rawSource: 'CLOSED_LOOP_AUTO_BOLUS', context: 'automatic' },
  { rawSource: 'SOMETHING_NEW' },
)
const bolus: fc.Arbitrary<Made> = fc
  .tuple(
    fc.constantFrom('normal', 'square', 'dual normal', 'dual square'),
    units,
    units,
    option(fc.integer({ min: 0, max: 600 })),
    wholeSeconds(35_999),
    source,
    option(text),
    fc.boolean(),
  )
  .map(([kind, given, programmed, startedBefore, durationMs, said, cancelledBy, hasNumber]) => {
    const isExtended = kind.endsWith('square')
    const amounts = isExtended
      ? { extendedUnits: given, programmedExtendedUnits: programmed, durationMs }
      : { normalUnits: given, programmedNormalUnits: programmed }
    const record = {
      type: 'bolus',
      subType: kind.startsWith('dual') ? 'dual' : kind,
      ...amounts,
      ...said,
      ...(cancelledBy === undefined ? {} : { cancelledBy }),
      ...(hasNumber ? { bolusNumber: 0 } : {}),
      // Put together of what a bolus may be.
    } as Bare<TherapyRecord>
    return startedBefore === undefined ? { record } : { record, startedBefore }
  })

const wizard = fc
  .tuple(
    fc.constantFrom('mg/dL' as const, 'mmol/L' as const),
    fc.constantFrom('carbsGrams', 'carbsExchanges'),
    steps(300, 10),
    fields({
      recommendedCarbUnits: option(anyAmount),
      recommendedCorrectionUnits: option(signedAmount),
      recommendedNetUnits: option(anyAmount),
      insulinOnBoardUnits: option(signedAmount),
      delivered: option(fc.boolean()),
    }),
    option(fc.record({ carbRatio: anyAmount, sensitivity: anyAmount, targetLow: anyAmount, targetHigh: anyAmount })),
    option(fc.integer({ min: 1, max: 500 })),
  )
  .map(([unit, carbsField, carbs, more, settings, seen]) => ({
    [carbsField]: carbs,
    ...more,
    ...(settings && {
      ...settings,
      settingsUnits: unit,
      carbRatioUnits: carbsField === 'carbsGrams' ? 'g/U' : 'U/exchange',
    }),
    ...(seen === undefined ? {} : { glucose: { value: unit === 'mg/dL' ? seen : seen / 10, units: unit } }),
  }))

const made: fc.Arbitrary<Made> = fc.oneof(
  of(
    'cbg',
    fc.tuple(glucose, fields({ isigNa: option(steps(200, 100)) })).map(([value, more]) => ({ ...value, ...more })),
  ),
  of(
    'cbg',
    fields({
      value: fc.integer({ min: 1, max: 1000 }),
      units: fc.constant('mg/dL'),
      outOfRange: fc.constantFrom('low', 'high'),
      isigNa: option(steps(200, 100)),
      backfilled: option(fc.constant(true)),
    }),
  ),
  of(
    'smbg',
    fc
      .tuple(
        glucose,
        fc.oneof(
          fc.constant({ subType: 'manual' }),
          fields({
            subType: fc.constant('linked'),
            meterSerial: option(fc.stringMatching(/^[A-Z0-9]{4,12}$/)),
            rejected: option(fc.constant(true)),
          }),
        ),
      )
      .map(([value, more]) => ({ ...value, ...more })),
  ),
  of('calibration', glucose),
  bolus,
  of('bolus', fc.record({ subType: fc.constant('injection'), normalUnits: steps(250, 100) })),
  of('wizard', wizard),
  of('food', fc.oneof(fc.record({ carbsGrams: steps(500, 10) }), fc.record({ carbsExchanges: steps(50, 10) }))),
  of('basalRate', fc.record({ rateUnitsPerHour: anyAmount })),
  of('tempBasal', fc.record({ percent: fc.integer({ min: 0, max: 200 }), durationMs: wholeSeconds(86_400) })),
  of('tempBasal', fc.record({ rateUnitsPerHour: anyAmount, durationMs: wholeSeconds(86_400) })),
  of(
    'suspend',
    fc.constantFrom(
      { suspended: true, reason: 'manual', rawReason: 'USER_SUSPEND' },
      { suspended: true, reason: 'beforeLow', rawReason: 'PLGM_PREDICTED_LOW_SG' },
      { suspended: true, reason: 'other', rawReason: 'SUSPEND_OF_A_NEW_KIND' },
      { suspended: false, rawReason: 'NORMAL_PUMPING' },
    ),
  ),
  of('autoBasalDose', fc.record({ units: steps(2, 40) })),
  of('autoInsulinTotal', fc.record({ units: anyAmount })),
  of('prime', fc.record({ target: fc.constantFrom('tubing', 'cannula'), volumeUnits: anyAmount })),
  of('rewind', fc.constant({})),
  of('alarm', fields({ name: plainText, rawCode: option(fc.nat(70_000)), cleared: option(fc.constant(true)) })),
  of('sensorState', fc.record({ state: fc.oneof(text, fc.constant('SENSOR_INIT_CODE')) })),
  of('timeChange', fc.record({ to: wholeSeconds(1_700_000_000) })),
  of('marker', fc.record({ kind: fc.constant('other'), text: plainText })),
  of(
    'marker',
    fc.constantFrom(
      { kind: 'meal', text: 'Meal' },
      { kind: 'exercise', text: 'Exercise' },
      { kind: 'exercise', text: 'Exercise: 30 minutes', durationMs: 1_800_000 },
    ),
  ),
  of('deviceEvent', fc.record({ name: fc.constantFrom('Network device', 'Sensor calibration rejected'), text })),
  of(
    'setting',
    fc.record({
      name: fc.constant('insulin action curve time'),
      change: fc.constant('changed'),
      values: fc.record({ minutes: text }),
    }),
  ),
)

/** Lists of them, one every quarter hour, in any order. */
export const anyRecords: fc.Arbitrary<TherapyRecord[]> = fc
  .array(fc.tuple(made, fc.integer({ min: 0, max: 299 })), { maxLength: 120, size: 'large' })
  .map(list =>
    list.map(([{ record, startedBefore }, second], i) => {
      const time = START + (i + 1) * SLOT_MS + second * 1000
      return {
        ...record,
        ...(startedBefore === undefined ? {} : { startTime: time - startedBefore * 1000 }),
        ...('bolusNumber' in record ? { bolusNumber: i } : {}),
        ...(record.type === 'timeChange' ? { from: time } : {}),
        deviceTime: time as DeviceTime,
        identity: '',
        raw: { page: 0, offset: 0, length: 1 },
        // Whole now; times are whole milliseconds of a wall clock.
      } as TherapyRecord
    }),
  )
  .chain(records => fc.shuffledSubarray(records, { minLength: records.length }))
