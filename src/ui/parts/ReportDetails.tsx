/** What one read or import brought: by device and kind, what was not understood and why, and remarks. */
import { For, Show } from 'solid-js'
import type { ChunkKind } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import type { DeviceTally, ReadReport, Tally } from '#workers/api.ts'
import { useFormat } from '../state/preferences.ts'
import { texts } from '../texts/texts.ts'

const kindOrder: readonly ChunkKind[] = ['cbg', 'smbg', 'bolus', 'basal', 'event']

/** How many entries of all kinds and devices were new. */
export const addedBy = (report: ReadReport): number => sum(report, counts => counts.added)
/** How many there were at all. */
export const foundBy = (report: ReadReport): number => sum(report, counts => counts.found)

/** How many places were not understood and how many remarks there are, as far as there are any. */
export function troubleTexts({ skippedCount, warnings }: ReadReport): readonly string[] {
  const t = texts().activity
  return [
    ...(skippedCount > 0 ? [t.problems(skippedCount)] : []),
    ...(warnings.length > 0 ? [t.warnings(warnings.length)] : []),
  ]
}

/** "209 meter glucose values", one for each kind that there is. */
export function kindCounts(counts: Readonly<Partial<Record<ChunkKind, number>>>): readonly string[] {
  return kindOrder.flatMap(kind => {
    const count = counts[kind] ?? 0
    return count > 0 ? [texts().kinds[kind](count)] : []
  })
}

function sum(report: ReadReport, of: (counts: NonNullable<Tally[ChunkKind]>) => number): number {
  const all = report.devices.flatMap(device => Object.values(device.tally))
  return all.reduce((total, counts) => total + of(counts), 0)
}

export interface ReportDetailsProps {
  readonly report: ReadReport
}

export function ReportDetails(props: ReportDetailsProps) {
  const t = texts()
  return (
    <div class="stack">
      <Show when={props.report.devices.length > 0} fallback={<p class="soft">{t.activity.nothing}</p>}>
        <For each={props.report.devices}>{device => <DeviceFindings device={device} />}</For>
      </Show>
      <Show when={props.report.warnings.length > 0}>
        <div class="stack-tight">
          <p>
            <strong>{t.activity.remarks}</strong>
          </p>
          <ul class="plain-list">
            <For each={props.report.warnings}>{warning => <li>{warning}</li>}</For>
          </ul>
        </div>
      </Show>
      <Show when={props.report.skippedCount > 0}>
        <NotUnderstood report={props.report} />
      </Show>
    </div>
  )
}

function DeviceFindings(props: { readonly device: DeviceTally }) {
  const t = texts()
  const format = useFormat()
  const rows = () =>
    kindOrder.flatMap(kind => {
      const counts = props.device.tally[kind]
      return counts ? [{ kind, ...counts }] : []
    })
  const days = () => {
    const { from, to } = props.device
    return from !== undefined && to !== undefined ? format.days(deviceDayOf(from), deviceDayOf(to)) : undefined
  }
  const name = () => [props.device.device.model, props.device.device.serial].filter(Boolean).join(' · ')
  return (
    <div class="stack-tight">
      <p class="row-apart">
        <strong>{name()}</strong>
        <span class="soft small">{days()}</span>
      </p>
      <Show when={rows().length > 0} fallback={<p class="soft">{t.activity.nothing}</p>}>
        <table>
          <caption class="visually-hidden">{name()}</caption>
          <thead>
            <tr>
              <th scope="col">{t.activity.kind}</th>
              <th scope="col" class="number">
                {t.activity.found}
              </th>
              <th scope="col" class="number">
                {t.activity.added}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {row => (
                <tr>
                  <th scope="row">{t.kindNames[row.kind]}</th>
                  <td class="number">{format.number(row.found)}</td>
                  <td class="number">{format.number(row.added)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <Show when={props.device.settings}>{count => <p class="soft small">{t.activity.settings(count())}</p>}</Show>
    </div>
  )
}

function NotUnderstood(props: ReportDetailsProps) {
  const t = texts()
  return (
    <details class="disclosure">
      <summary>
        {t.activity.notUnderstood}: {t.activity.problems(props.report.skippedCount)}
      </summary>
      <div class="table-wrap" tabindex="0" role="region" aria-label={t.activity.notUnderstood}>
        <table class="small">
          <thead>
            <tr>
              <th scope="col">{t.activity.place}</th>
              <th scope="col">{t.activity.reason}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.report.skipped}>
              {skipped => (
                <tr>
                  <td class="nowrap">
                    {skipped.line === undefined
                      ? t.activity.byte(skipped.page, skipped.offset)
                      : t.activity.line(skipped.line)}
                  </td>
                  <td>{skipped.reason}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={props.report.skippedCount > props.report.skipped.length}>
        <p class="small soft">{t.activity.notUnderstoodMore(props.report.skipped.length, props.report.skippedCount)}</p>
      </Show>
    </details>
  )
}
