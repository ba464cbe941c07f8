/** Boluses, calculator screens and noted carbs in order of time, with every field; one row each, nothing joined. */
import { For, Show } from 'solid-js'
import type { Bolus, Food, Wizard } from '#records/records.ts'
import type { DailyModel } from '#reports/models.ts'
import { useFormat } from '../state/preferences.ts'
import { withActor } from '../parts/actorText.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { doseText } from './amounts.ts'
import { carbAmount, meterText } from './dailyStops.ts'

const t = reportTexts.dailyTables
const none = ''

export function TherapyTable(props: { readonly model: DailyModel }) {
  const format = useFormat()
  const rows = () =>
    [...props.model.boluses, ...props.model.wizards, ...props.model.food].toSorted(
      (a, b) => timeOf(a) - timeOf(b) || order[a.type] - order[b.type],
    )
  return (
    <Show when={rows().length > 0} fallback={<p class="soft">{t.therapyNone}</p>}>
      <div class="table-wrap" role="region" aria-label={t.therapy} tabindex="0">
        <table class="plain-table therapy-table">
          <caption class="visually-hidden">{t.therapy}</caption>
          <thead>
            <tr>
              <For each={columns}>
                {column => (
                  <th scope="col" classList={{ number: column.number ?? false }}>
                    {column.name}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {row => (
                <tr>
                  <th scope="row">{format.timeOfDay(timeOf(row))}</th>
                  <For each={columns.slice(1)}>
                    {column => <td classList={{ number: column.number ?? false }}>{column.text(row, format)}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  )
}

type Entry = Bolus | Wizard | Food

/** Of entries at the same time: what was entered before what was given. */
const order: Readonly<Record<Entry['type'], number>> = { food: 0, wizard: 1, bolus: 2 }
const timeOf = (entry: Entry) => (entry.type === 'bolus' ? (entry.startTime ?? entry.deviceTime) : entry.deviceTime)

interface Column {
  readonly name: string
  readonly number?: boolean
  readonly text: (entry: Entry, format: Format) => string
}

const fromBolus =
  (text: (bolus: Bolus, format: Format) => string): Column['text'] =>
  (entry, format) =>
    entry.type === 'bolus' ? text(entry, format) : none
const fromWizard =
  (text: (wizard: Wizard, format: Format) => string): Column['text'] =>
  (entry, format) =>
    entry.type === 'wizard' ? text(entry, format) : none
const dose = (units: number | undefined, format: Format) => (units === undefined ? none : doseText(units, format))
const setting = (value: number | undefined, wizard: Wizard, format: Format) =>
  value === undefined ? none : format.number(value, wizard.settingsUnits === 'mmol/L' ? 1 : 0)

const columns: readonly Column[] = [
  { name: t.time, text: () => none },
  { name: t.what, text: whatText },
  { name: t.units, number: true, text: fromBolus(partsText) },
  { name: t.programmed, number: true, text: fromBolus(programmedText) },
  {
    name: t.carbs,
    number: true,
    text: (entry, format) => (entry.type === 'bolus' ? none : carbAmount(carbsOf(entry), format)),
  },
  {
    name: t.glucose,
    number: true,
    text: fromWizard(({ glucose }, format) => (glucose ? meterText(glucose, format) : none)),
  },
  {
    name: t.ratio,
    number: true,
    text: fromWizard(({ carbRatio, carbRatioUnits }, format) =>
      carbRatio === undefined ? none : `${trimmed(carbRatio, format)} ${t.ratioUnits[carbRatioUnits ?? 'g/U']}`,
    ),
  },
  {
    name: t.sensitivity,
    number: true,
    text: fromWizard((wizard, format) => setting(wizard.sensitivity, wizard, format)),
  },
  {
    name: t.target,
    number: true,
    text: fromWizard((wizard, format) =>
      [...new Set([setting(wizard.targetLow, wizard, format), setting(wizard.targetHigh, wizard, format)])]
        .filter(Boolean)
        .join('–'),
    ),
  },
  { name: t.onBoard, number: true, text: fromWizard((wizard, format) => dose(wizard.insulinOnBoardUnits, format)) },
  { name: t.suggested, number: true, text: fromWizard((wizard, format) => dose(wizard.recommendedNetUnits, format)) },
]

const carbsOf = (entry: Wizard | Food) => ({
  ...(entry.carbsGrams === undefined ? {} : { grams: entry.carbsGrams }),
  ...(entry.carbsExchanges === undefined ? {} : { exchanges: entry.carbsExchanges }),
})

/** Ratios have whatever decimals they were set with. */
const trimmed = (value: number, format: Format) =>
  format.number(value, Math.min(3, String(value).split('.')[1]?.length ?? 0))

function whatText(entry: Entry, format: Format): string {
  return withActor(whatItself(entry, format), entry)
}

function whatItself(entry: Entry, format: Format): string {
  if (entry.type === 'food') return t.food
  if (entry.type === 'wizard') return calculatorText(entry, format)
  const automatic = entry.context === 'automatic'
  return [
    automatic ? t.automatic : t.bolusTypes[entry.subType],
    ...(entry.context && !automatic ? [t.contexts[entry.context]] : []),
    ...(entry.durationMs === undefined ? [] : [t.over(format.duration(entry.durationMs))]),
    ...(entry.cancelledBy === undefined ? [] : [t.cancelled(entry.cancelledBy)]),
  ].join(', ')
}

/** Delivered at once, or at once + over time. */
function partsText(bolus: Bolus, format: Format): string {
  return [bolus.normalUnits, bolus.extendedUnits]
    .filter(units => units !== undefined)
    .map(units => doseText(units, format))
    .join(' + ')
}

function programmedText(bolus: Bolus, format: Format): string {
  return [bolus.programmedNormalUnits, bolus.programmedExtendedUnits]
    .filter(units => units !== undefined)
    .map(units => doseText(units, format))
    .join(' + ')
}

/** "Calculator: 4.5 for carbs, 0.0 for correction". */
function calculatorText(wizard: Wizard, format: Format): string {
  const name = wizard.delivered === false ? t.calculatorLeft : t.calculator
  const parts = [
    ...(wizard.recommendedCarbUnits === undefined ? [] : [t.forCarbs(doseText(wizard.recommendedCarbUnits, format))]),
    ...(wizard.recommendedCorrectionUnits === undefined
      ? []
      : [t.forCorrection(doseText(wizard.recommendedCorrectionUnits, format))]),
  ]
  return parts.length === 0 ? name : `${name}: ${parts.join(', ')}`
}
