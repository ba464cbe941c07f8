/**
 * The records behind a number, each down to the bytes it came from. `Traceable` makes a number a button that opens
 * `Evidence`. Source: reports sheet §4, proposal 1 (provenance on click for every number).
 */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { deviceDayOf } from '#records/time.ts'
import type { EvidenceQuery, EvidenceRow } from '#workers/api.ts'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { useFormat } from '../state/preferences.ts'
import { isFiltering, useFilter } from '../state/reportFilter.ts'
import { reportTexts } from '../texts/reports.ts'
import { Answered } from './Answered.tsx'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { RecordDetail } from './RecordDetail.tsx'
import { recordText } from './recordText.ts'

/** What is asked for; the page of rows is the dialog's own business. */
export type EvidenceOf = Omit<EvidenceQuery, 'offset' | 'limit'>

export interface EvidenceProps {
  readonly query: EvidenceOf
  readonly title: string
  readonly onClose: () => void
}

const PAGE_ROWS = 50
const t = reportTexts.evidence

export function Evidence(props: EvidenceProps) {
  const api = useApi()
  const format = useFormat()
  const { filter } = useFilter()
  const [offset, setOffset] = createSignal(0)
  const found = createAnswer(() =>
    api.data.evidence({
      ...props.query,
      ...(isFiltering(filter()) ? { filter: filter() } : {}),
      offset: offset(),
      limit: PAGE_ROWS,
    }),
  )
  const days = () => format.days(props.query.period.firstDay, props.query.period.lastDay)
  return (
    <Dialog open onClose={props.onClose} title={props.title} wide>
      <Answered of={found}>
        {answer => (
          <Show when={answer().total > 0} fallback={<p>{t.none}</p>}>
            <p class="soft">{t.lead(answer().total, days())}</p>
            <div class="table-wrap evidence-rows" role="region" aria-label={props.title} tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t.time}</th>
                    <th scope="col">{t.content}</th>
                    <th scope="col">{t.device}</th>
                    <th scope="col">
                      <span class="visually-hidden">{t.more}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  <For each={answer().rows}>{row => <Row row={row} />}</For>
                </tbody>
              </table>
            </div>
            <Show when={answer().total > PAGE_ROWS}>
              <div class="row-apart">
                <p class="small figures" role="status">
                  {t.page(
                    format.number(offset() + 1),
                    format.number(offset() + answer().rows.length),
                    format.number(answer().total),
                  )}
                </p>
                <div class="row">
                  <Button size="small" disabled={offset() === 0} onClick={() => setOffset(now => now - PAGE_ROWS)}>
                    {t.earlier}
                  </Button>
                  <Button
                    size="small"
                    disabled={offset() + PAGE_ROWS >= answer().total}
                    onClick={() => setOffset(now => now + PAGE_ROWS)}
                  >
                    {t.later}
                  </Button>
                </div>
              </div>
            </Show>
          </Show>
        )}
      </Answered>
    </Dialog>
  )
}

function Row(props: { readonly row: EvidenceRow }) {
  const format = useFormat()
  const [open, setOpen] = createSignal(false)
  const when = () => `${format.day(dayOf(props.row))}, ${format.timeOfDay(props.row.deviceTime)}`
  const content = () => recordText(props.row, format)
  return (
    <>
      <tr>
        <th scope="row" class="figures">
          {when()}
        </th>
        <td>{content()}</td>
        <td>{props.row.deviceName}</td>
        <td class="number">
          <Button
            look="quiet"
            size="small"
            aria-expanded={open()}
            aria-label={t.expand(`${content()}, ${when()}`)}
            onClick={() => setOpen(now => !now)}
          >
            {open() ? '−' : '+'}
          </Button>
        </td>
      </tr>
      <Show when={open()}>
        <tr class="evidence-open">
          <td colSpan={4}>
            <RecordDetail row={props.row} />
          </td>
        </tr>
      </Show>
    </>
  )
}

const dayOf = (row: EvidenceRow) => deviceDayOf(row.deviceTime)

export interface TraceableProps {
  readonly query: EvidenceOf
  /** Name of the number, the dialog's title: "Mean glucose". */
  readonly title: string
  /** How many values or entries stand behind it, where that is known. */
  readonly count?: number | undefined
  readonly of?: 'values' | 'entries'
  /** The number as it is printed. */
  readonly children: JSX.Element
}

/** A number that can be asked where it comes from. */
export function Traceable(props: TraceableProps) {
  const [open, setOpen] = createSignal(false)
  return (
    <>
      <button type="button" class="traceable" title={props.title} onClick={() => setOpen(true)}>
        {props.children}
        <span class="visually-hidden screen-only">. {t.show(props.count, t[props.of ?? 'values'](props.count))}</span>
      </button>
      <Show when={open()}>
        <Evidence query={props.query} title={props.title} onClose={() => setOpen(false)} />
      </Show>
    </>
  )
}
