/** How many boluses of each kind there were, with what counts as one, and what temporary basal rates amounted to. */
import { For, Show } from 'solid-js'
import type { BolusKind, InsulinModel, Period, TempBasalSummary } from '#reports/models.ts'
import { Traceable } from '../parts/Evidence.tsx'
import { useFormat } from '../state/preferences.ts'
import { bolusTexts } from '../texts/reports/boluses.ts'
import { reportTexts } from '../texts/reports.ts'
import { hoursText, rounded } from './amounts.ts'
import { behind, behindBoluses } from './behind.ts'
import { bolusWords, signedUnits } from './bolusWords.ts'
import './bolusKinds.css'
import { Figure } from './Figure.tsx'
import { ReportTable } from './ReportTable.tsx'

const t = bolusTexts

const groups: readonly { readonly name: string; readonly kinds: readonly BolusKind[] }[] = [
  { name: t.groups.delivery, kinds: ['normal', 'square', 'dual', 'injection', 'automatic'] },
  { name: t.groups.purpose, kinds: ['manual', 'foodOnly', 'correctionOnly', 'foodAndCorrection', 'purposeNotTold'] },
  { name: t.groups.changed, kinds: ['overridden', 'underridden', 'interrupted'] },
]

export function BolusKinds(props: { readonly model: InsulinModel }) {
  return (
    <>
      <Show when={props.model.boluses}>
        {use => <Kinds use={use()} days={props.model.summary?.daysWithInsulin ?? 0} period={props.model.period} />}
      </Show>
      <Show when={props.model.tempBasals}>
        {temps => <TempBasals temps={temps()} days={props.model.days.length} period={props.model.period} />}
      </Show>
    </>
  )
}

interface KindsProps {
  readonly use: NonNullable<InsulinModel['boluses']>
  /** With insulin. */
  readonly days: number
  readonly period: Period
}

function Kinds(props: KindsProps) {
  const format = useFormat()
  const words = () => bolusWords(format)
  /** Nothing can be said of changes where nothing tells a proposal, nor of interruptions without programmed amounts. */
  const isTold = (kind: BolusKind): boolean =>
    kind === 'overridden' || kind === 'underridden'
      ? props.use.compared > 0
      : kind === 'interrupted'
        ? props.use.watched > 0
        : props.use.kinds[kind] > 0
  const shown = () =>
    groups.map(({ name, kinds }) => ({ name, kinds: kinds.filter(isTold) })).filter(({ kinds }) => kinds.length > 0)
  const whatText = (kind: BolusKind): string => {
    const { meanAboveUnits, meanBelowUnits, compared, watched } = props.use
    const more =
      kind === 'overridden'
        ? words().changed(meanAboveUnits, compared)
        : kind === 'underridden'
          ? words().changed(meanBelowUnits, compared)
          : kind === 'interrupted'
            ? words().watched(watched)
            : ''
    return [t.definitions[kind], more].filter(Boolean).join('; ')
  }
  const perDay = (kind: BolusKind) =>
    props.days > 0 ? rounded(props.use.kinds[kind] / props.days, 2, format) : reportTexts.none
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <ReportTable name={t.title} look="days-table kinds-table" isGrouped columns={[t.kind, t.count, t.perDay, t.what]}>
        <For each={shown()}>
          {group => (
            <tbody>
              <tr class="kinds-group">
                <th scope="rowgroup" colSpan={4}>
                  {group.name}
                </th>
              </tr>
              <For each={group.kinds}>
                {kind => (
                  <tr>
                    <th scope="row">{t.names[kind]}</th>
                    <td>
                      <Traceable
                        title={t.names[kind]}
                        query={{ ...behindBoluses(kind), period: props.period }}
                        count={props.use.kinds[kind]}
                        of="entries"
                      >
                        {format.number(props.use.kinds[kind])}
                      </Traceable>
                    </td>
                    <td>{perDay(kind)}</td>
                    <td class="kinds-what">{whatText(kind)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.note(props.use.boluses, props.days)}</p>
    </section>
  )
}

interface TempBasalsProps {
  readonly temps: TempBasalSummary
  /** Looked at. */
  readonly days: number
  readonly period: Period
}

function TempBasals(props: TempBasalsProps) {
  const format = useFormat()
  const query = () => ({ ...behind.tempBasals, period: props.period })
  return (
    <section class="card report-card">
      <h2>{t.temps.title}</h2>
      <dl class="figure-grid">
        <Figure
          name={t.temps.count}
          value={format.number(props.temps.count)}
          note={t.temps.countNote(props.days)}
          query={query()}
          of="entries"
        />
        <Figure
          name={t.temps.length}
          value={props.temps.meanMinutes === undefined ? undefined : hoursText(props.temps.meanMinutes)}
          note={
            props.temps.withLength === 0
              ? t.temps.noLength
              : t.temps.lengthNote(props.temps.withLength, props.temps.count)
          }
          query={query()}
          of="entries"
        />
        <Figure
          name={t.temps.net}
          value={props.temps.netUnits === undefined ? undefined : signedUnits(props.temps.netUnits, 1, format)}
          unit={reportTexts.figures.units}
          note={props.temps.withNet === 0 ? t.temps.noNet : t.temps.netNote(props.temps.withNet, props.temps.count)}
          query={query()}
          of="entries"
        />
      </dl>
    </section>
  )
}
