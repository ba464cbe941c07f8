/** Sentences of the daily report's table of boluses, of what was in force, of set clocks and of insulin on board. */
import type { SettingName } from '#reports/models.ts'

const settings: Readonly<Record<SettingName, string>> = {
  activeInsulin: 'Active insulin time',
  maximumBolus: 'Maximum bolus',
  maximumBasal: 'Maximum basal',
  carbRatios: 'Carb ratio',
  sensitivities: 'Sensitivity',
  targets: 'Glucose target',
}

export const dailyTexts = {
  columns: {
    time: 'Time',
    what: 'What',
    given: 'Given U',
    programmed: 'Programmed U',
    proposed: 'Proposed U',
    override: 'Changed by U',
    forCarbs: 'For carbs U',
    forCorrection: 'Correction U',
    onBoard: 'Active U',
    carbs: 'Carbs',
    glucose: (unit: string) => `Glucose ${unit}`,
    ratio: 'Carb ratio',
    sensitivity: (unit: string) => `Sensitivity ${unit} per U`,
    target: (unit: string) => `Target ${unit}`,
    over: 'Over',
  },
  tableNote: 'One row for each bolus, with the calculator’s screen it came of.',
  partsNote: 'Given and programmed: at once + over time.',
  overrideNote: 'Changed by: programmed less proposed.',
  calculatorAlone: 'Calculator, no bolus logged',
  byCalculator: 'by the calculator',
  interrupted: 'interrupted',
  signed: (text: string, isMore: boolean) => `${isMore ? '+' : '−'}${text}`,

  inForce: {
    title: 'In force on this day',
    pattern: 'Basal pattern',
    from: (time: string, value: string) => `${time} ${value}`,
    patternFrom: (time: string, name: string) => `from ${time} ${name}`,
    told: (when: string) => `told ${when}`,
    allTold: (told: string) => `Each of these was ${told}.`,
    toldLater: (when: string) => `told ${when}; no change was logged since this day`,
    names: settings,
  },

  calibrated: (text: string) => `sensor calibrated with ${text}`,
  calibrationRejected: (text: string, reason: string) => `calibration with ${text} not accepted: ${reason}`,
  calibrationLegend: 'calibration',
  setChanged: 'infusion set changed',
  modes: { automatic: 'automatic', manual: 'manual' },
  modeLane: '',
  modeNow: { automatic: 'automatic mode', manual: 'manual mode' },

  clock: {
    forward: (from: string, to: string, length: string) =>
      `The clock was set forward on this day, from ${from} to ${to}: ${length} of it do not exist here.`,
    back: (from: string, to: string, length: string) =>
      `The clock was set back on this day, from ${from} to ${to}: ${length} happened twice and lie over one another here.`,
    date: (from: string, to: string) =>
      `The clock was set on this day, from ${from} to ${to}. Days on either side may not follow one another.`,
    skipped: (length: string) => `${length} skipped`,
    repeated: (length: string) => `${length} twice`,
  },

  onBoard: {
    show: 'Insulin on board',
    lane: 'On board, U',
    time: 'Active insulin time',
    choose: 'choose',
    hours: (hours: number) => `${hours} h`,
    known: (time: string) =>
      `Line: what the boluses left on board by Walsh’s curve for the pump’s active insulin time of ${time}, a model. Rings: the pump’s own number on the calculator’s screen.`,
    chosen: (time: string) =>
      `Line: what the boluses left on board by Walsh’s curve for ${time}, a model; the time is chosen here, the pump’s own is not known. Rings: the pump’s own number on the calculator’s screen.`,
    unknown:
      'Rings: the pump’s own number on the calculator’s screen. Its active insulin time is not known: choose one for a line in between.',
    limits: 'Boluses only, not basal, and not injections.',
    stop: (units: string) => `on board about ${units} U`,
    told: (units: string) => `the pump said ${units} U on board`,
    tableName: 'Insulin on board',
    columns: { time: 'Time', model: 'By the curve U', told: 'By the pump U' },
  },
} as const
