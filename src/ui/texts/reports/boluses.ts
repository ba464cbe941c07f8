/** Words of the kinds of bolus and of temporary rates, which several reports count. Numbers arrive formatted. */
import type { BolusKind } from '#reports/models.ts'

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

export const bolusTexts = {
  title: 'Boluses by kind',
  kind: 'Kind',
  count: 'Number',
  perDay: 'Per day',
  what: 'What counts',
  groups: { delivery: 'How it was given', purpose: 'What for', changed: 'What became of it' },
  names: {
    normal: 'Normal',
    square: 'Square',
    dual: 'Dual',
    injection: 'Injection',
    automatic: 'Automatic',
    manual: 'Manual',
    foodOnly: 'Food only',
    correctionOnly: 'Correction only',
    foodAndCorrection: 'Food and correction',
    purposeNotTold: 'Purpose not told',
    overridden: 'More than proposed',
    underridden: 'Less than proposed',
    interrupted: 'Interrupted',
  } satisfies Readonly<Record<BolusKind, string>>,
  definitions: {
    normal: 'given at once',
    square: 'given over a time',
    dual: 'a part at once and a part over a time; counts once',
    injection: 'by a pen, noted on the pump',
    automatic: 'decided by the pump’s algorithm; in no other line but “interrupted”',
    manual: 'without the calculator',
    foodOnly: 'by the calculator: carbs entered, and no correction above zero',
    correctionOnly: 'by the calculator: no carbs, and a correction above zero',
    foodAndCorrection: 'by the calculator: carbs entered, and a correction above zero',
    purposeNotTold: 'by the calculator, with neither carbs nor a correction above zero, or its screen is not known',
    overridden: 'programmed 0.01 U or more above the calculator’s proposal',
    underridden: 'programmed 0.01 U or more below the calculator’s proposal',
    interrupted: 'less came than was programmed; also where nothing came',
  } satisfies Readonly<Record<BolusKind, string>>,
  note: (boluses: number, days: number) =>
    `${many(boluses, 'bolus', 'boluses')} without automatic ones, on ${many(days, 'day', 'days')} with insulin. “Per day” is over these days.`,
  changed: (mean: string | undefined, of: number) =>
    [mean === undefined ? '' : `by ${mean} U on average`, `of ${of.toLocaleString('en')} with a proposal`]
      .filter(Boolean)
      .join('; '),
  watched: (of: number) => `of ${of.toLocaleString('en')} whose programmed amount is told`,

  temps: {
    title: 'Temporary basal rates',
    count: 'Temporary rates',
    countNote: (days: number) => `set in ${many(days, 'day', 'days')}, where it is known what they gave`,
    length: 'Mean length',
    lengthNote: (known: number, of: number) => `of ${known === of ? '' : `${known} of `}${many(of, 'rate', 'rates')}`,
    noLength: 'When they ended is not told.',
    net: 'Net effect',
    netNote: (known: number, of: number) =>
      `against the programme’s rate, in all; of ${known === of ? '' : `${known} of `}${many(of, 'rate', 'rates')}`,
    noNet: 'The programme’s rate is not known.',
    meanOf: (length: string) => `${length} on average`,
    netOf: (units: string) => `${units} U in all`,
  },
} as const
