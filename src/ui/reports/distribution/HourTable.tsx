/**
 * The map of hours: a row a day, a column an hour, each with its mean in the colour of its range, the number and a shape
 * beside it. Old days of long periods come when they are asked for: thousands of cells take the browser its time.
 */
import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { HOUR_MS, shifted, startOfDeviceDay } from '#records/time.ts'
import { type HourMap, rangeNames } from '#reports/distributionModel.ts'
import { Button } from '../../parts/Button.tsx'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { distributionTexts } from '../../texts/reports/distribution.ts'
import { reportTexts } from '../../texts/reports.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'

export interface HourTableProps {
  readonly map: HourMap
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const FIRST_DAYS = 31
const t = distributionTexts.hours

export function HourTable(props: HourTableProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [all, setAll] = createSignal(false)
  const hidden = () => (all() ? 0 : Math.max(0, props.map.days.length - FIRST_DAYS))
  /** "08" or "8 am": as the person's clock says the hour. */
  const hourName = (hour: number) =>
    preferences.now().clock === '24h'
      ? String(hour).padStart(2, '0')
      : `${hour % 12 === 0 ? 12 : hour % 12}${hour < 12 ? 'a' : 'p'}`
  /** "08:00–09:00", of any day. */
  const spanNames = createMemo(() =>
    HOURS.map(hour => {
      const from = shifted(startOfDeviceDay(0), hour * HOUR_MS)
      return `${format.timeOfDay(from)}–${format.timeOfDay(shifted(from, HOUR_MS))}`
    }),
  )
  // Written out before it is drawn: hundreds of cells that each watched the settings would hold up the window.
  const rows = createMemo(() =>
    props.map.days.slice(hidden()).map((day, i) => ({
      day,
      cells: HOURS.map(hour => cellOf(props.map, (hidden() + i) * 24 + hour, spanNames()[hour] ?? '', format)),
    })),
  )
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.title}</h2>
        <p class="small soft">
          {t.text(format.glucoseUnit())}
          <span class="screen-only"> {t.choose}</span>
        </p>
      </div>
      <Show when={hidden() > 0}>
        <div class="row">
          <p>{t.newest(props.map.days.length - hidden(), props.map.days.length)}</p>
          <div class="screen-only">
            <Button size="small" onClick={() => setAll(true)}>
              {t.more(hidden())}
            </Button>
          </div>
        </div>
      </Show>
      <ReportTable name={t.tableName} columns={[t.day, ...HOURS.map(hourName)]} look="hour-map">
        <For each={rows()}>
          {({ day, cells }) => (
            <tr>
              <th scope="row">
                <A href={`/reports/daily?day=${textOfDay(day)}`} title={reportTexts.days.openDay(format.dayExact(day))}>
                  {shortDates.weekdayAndDay(day)}
                </A>
              </th>
              <For each={cells}>
                {({ text, mark, look, title }) => (
                  <td class={look} title={title}>
                    {mark === '' ? (
                      text
                    ) : (
                      <>
                        <span class="hour-mark" aria-hidden="true">
                          {mark}
                        </span>
                        {text}
                      </>
                    )}
                  </td>
                )}
              </For>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.legend}</p>
    </section>
  )
}

/** A blank one where there is no value. */
function cellOf(map: HourMap, cell: number, span: string, format: Format) {
  const range = rangeNames[map.ranges[cell] ?? -1]
  if (range === undefined) return { text: '', mark: '', look: '', title: span }
  return {
    text: format.glucose(map.mgdl[cell] ?? 0),
    mark: t.marks[range],
    look: `range-${range}`,
    title: `${span}: ${reportTexts.ranges.names[range]}`,
  }
}
