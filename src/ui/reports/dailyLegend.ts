/** The legend of one day's lanes: only what is drawn. */
import { GlucoseFlag } from '#records/series.ts'
import type { DailyModel } from '#reports/models.ts'
import { reportTexts } from '../texts/reports.ts'
import { dailyTexts } from '../texts/reports/daily.ts'
import { carbEntries } from './carbs.ts'
import type { LegendEntry } from './Legend.tsx'

const t = reportTexts.dailyChart

/** `mixedEvents`: some mark stands for events of several kinds. */
export function dailyLegend(model: DailyModel, mixedEvents: boolean): readonly LegendEntry[] {
  const { legend } = t
  const has = (test: boolean, ...entries: LegendEntry[]): readonly LegendEntry[] => (test ? entries : [])
  const delivered = (delivery: DailyModel['basal'][number]['delivery']) =>
    model.basal.some(segment => segment.delivery === delivery)
  const events = new Set(model.events.map(event => event.type))
  const outOfRange =
    model.glucose.flags.some(flag => (flag & (GlucoseFlag.Low | GlucoseFlag.High)) !== 0) ||
    model.meterValues.some(value => value.outOfRange)
  return [
    ...has(model.glucose.time.length > 0, { shape: 'dot', tone: 'target', text: legend.sensor }),
    ...has(model.meterValues.length > 0, { shape: 'diamond', tone: 'ink', text: legend.meter }),
    ...has(model.calibrations.length > 0, { shape: 'ring', tone: 'ink', text: dailyTexts.calibrationLegend }),
    ...has(outOfRange, { shape: 'arrow', tone: 'ink', text: legend.out }),
    ...has(carbEntries(model).length > 0, { shape: 'dot', tone: 'carbs', text: legend.carbs }),
    ...has(
      model.boluses.some(bolus => bolus.context !== 'automatic'),
      { shape: 'bar', tone: 'bolus', text: legend.bolus },
    ),
    ...has(
      model.boluses.some(bolus => bolus.context === 'automatic'),
      { shape: 'bar', tone: 'auto', text: legend.auto },
    ),
    ...has(delivered('scheduled'), { shape: 'area', tone: 'basal', text: legend.scheduled }),
    ...has(delivered('temp'), { shape: 'area', tone: 'temp', text: legend.temp }),
    ...has(delivered('suspended'), { shape: 'area', tone: 'suspended', text: legend.suspended }),
    ...has(delivered('automated'), { shape: 'area', tone: 'automated', text: legend.automated }),
    ...has(
      model.basal.some(segment => segment.suppressedUnitsPerHour !== undefined),
      { shape: 'dash', tone: 'ink', text: legend.instead },
    ),
    ...[...events].map(
      (type): LegendEntry => ({
        shape: 'letter',
        tone: 'ink',
        letter: t.eventLetters[type],
        text: t.eventLegend[type],
      }),
    ),
    ...has(mixedEvents, { shape: 'letter', tone: 'ink', letter: '2', text: t.eventLegend.several }),
  ]
}
