/**
 * The data table: everything stored, newest first, a hundred entries a page, with search and filters. Each entry opens
 * its fields and the bytes it came from. Source: reports sheet §1.2 (11), §3, §4 (proposal 1).
 */
import './dataTable.css'
import { createUniqueId, For, Show } from 'solid-js'
import type { RecordType } from '#records/records.ts'
import type { RecordsPage } from '#workers/api.ts'
import { Answered } from '../../parts/Answered.tsx'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { useFormat } from '../../state/preferences.ts'
import { isFiltering, useFilter } from '../../state/reportFilter.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'
import { reportTexts } from '../../texts/reports.ts'
import { FilterPicker } from '../FilterPicker.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PeriodPicker } from '../PeriodPicker.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { ReportShell } from '../ReportShell.tsx'
import { AllCsv } from './AllCsv.tsx'
import { createTable, PAGE_ROWS, type TableState } from './createTable.ts'
import { RecordsTable } from './RecordsTable.tsx'

export function DataTablePage() {
  const format = useFormat()
  const { filter } = useFilter()
  const state = createTable()
  makePageKeys({
    ArrowLeft: () => state.setOffset(state.offset() - PAGE_ROWS),
    ArrowRight: () => state.setOffset(state.offset() + PAGE_ROWS),
  })
  const days = () => {
    const period = state.period.period()
    return period ? format.days(period.firstDay, period.lastDay) : t.allDays
  }
  /** Nothing is stored at all, as far as nothing narrows the question. */
  const isEmpty = (page: RecordsPage) => page.total === 0 && page.devices.length === 0 && !isFiltering(filter())
  return (
    <ReportShell title={t.title} printable={(state.answer.value()?.total ?? 0) > 0}>
      <Answered of={state.answer} skeleton={<Skeleton blocks={3} />}>
        {page => (
          <Show when={!isEmpty(page())} fallback={<NothingStored />}>
            <PeriodPicker state={state.period} />
            <div class="row screen-only">
              <Show when={state.period.period()} fallback={<p class="soft">{t.allDaysShown}</p>}>
                <Button look="quiet" onClick={state.showAllDays}>
                  {t.allDays}
                </Button>
              </Show>
            </div>
            <FilterPicker />
            <div class="report-body data-table">
              <PrintHead title={t.title} days={days()} devices={page().devices.map(({ name }) => name)} />
              <Choices state={state} page={page()} />
              <section class="card report-card" aria-busy={state.busy()}>
                <Show when={page().total > 0} fallback={<NothingFits state={state} />}>
                  <Pager state={state} page={page()} />
                  <RecordsTable rows={page().rows} order={state.order()} onOrder={state.turnOrder} />
                  <Show when={page().total > PAGE_ROWS}>
                    <Pager state={state} page={page()} isSecond />
                    <AllCsv state={state} total={page().total} />
                  </Show>
                </Show>
              </section>
            </div>
          </Show>
        )}
      </Answered>
    </ReportShell>
  )
}

function NothingStored() {
  return (
    <Empty
      title={reportTexts.empty.title}
      text={reportTexts.empty.text}
      actions={
        <>
          <ButtonLink look="primary" href="/read">
            {reportTexts.empty.read}
          </ButtonLink>
          <ButtonLink href="/import">{reportTexts.empty.import}</ButtonLink>
        </>
      }
    />
  )
}

function NothingFits(props: { readonly state: TableState }) {
  return (
    <Empty
      title={t.nothingTitle}
      text={t.nothingText}
      actions={
        <Show when={props.state.isChoosing()}>
          <Button look="primary" onClick={props.state.clear}>
            {t.clear}
          </Button>
        </Show>
      }
    />
  )
}

interface PartProps {
  readonly state: TableState
  readonly page: RecordsPage
}

/** Search, device and kinds. */
function Choices(props: PartProps) {
  const id = createUniqueId()
  const format = useFormat()
  // The names of the types are the type names.
  const allTypes = Object.keys(reportTexts.records.types) as RecordType[]
  const count = (type: RecordType) => props.page.typeCounts[type] ?? 0
  const types = () => allTypes.filter(type => count(type) > 0 || props.state.types().includes(type))
  const all = () => props.page.devices.reduce((sum, device) => sum + device.count, 0)
  const toggle = (type: RecordType, isOn: boolean) =>
    props.state.setTypes(isOn ? [...props.state.types(), type] : props.state.types().filter(other => other !== type))
  return (
    <search class="card report-card data-choices screen-only">
      <form
        class="data-search"
        onSubmit={event => {
          event.preventDefault()
          props.state.searchNow()
        }}
      >
        <div class="field">
          <label class="field-label" for={`${id}-search`}>
            {t.search}
          </label>
          <input
            id={`${id}-search`}
            class="input"
            type="search"
            autocomplete="off"
            spellcheck={false}
            value={props.state.typed()}
            aria-describedby={`${id}-hint`}
            onInput={event => props.state.type(event.currentTarget.value)}
          />
          <p id={`${id}-hint`} class="field-hint">
            {t.searchHint}
          </p>
        </div>
        <Show when={props.page.devices.length > 1}>
          <div class="field">
            <label class="field-label" for={`${id}-device`}>
              {t.device}
            </label>
            <select
              id={`${id}-device`}
              class="input"
              onChange={event => props.state.setDeviceKey(event.currentTarget.value)}
            >
              <option value="" selected={props.state.deviceKey() === ''}>
                {t.allDevices(format.number(all()))}
              </option>
              <For each={props.page.devices}>
                {device => (
                  <option value={device.deviceKey} selected={props.state.deviceKey() === device.deviceKey}>
                    {t.deviceCount(device.name, format.number(device.count), device.simulated)}
                  </option>
                )}
              </For>
            </select>
          </div>
        </Show>
      </form>
      <fieldset class="stack-tight">
        <legend class="field-label">
          {t.kinds} <span class="small soft data-hint">{t.kindsHint}</span>
        </legend>
        <div class="data-kinds">
          <For each={types()}>
            {type => (
              <label class="check">
                <input
                  type="checkbox"
                  checked={props.state.types().includes(type)}
                  onChange={event => toggle(type, event.currentTarget.checked)}
                />
                <span>
                  {reportTexts.records.types[type]} <span class="soft figures">{format.number(count(type))}</span>
                </span>
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <Show when={props.state.isChoosing()}>
        <div class="row">
          <Button look="quiet" size="small" onClick={props.state.clear}>
            {t.clear}
          </Button>
        </div>
      </Show>
    </search>
  )
}

/** Where one is, and the way to the other pages; the second, below the table, says it to nobody twice. */
function Pager(props: PartProps & { readonly isSecond?: boolean }) {
  const format = useFormat()
  const from = () => props.state.offset()
  const isLast = () => from() + PAGE_ROWS >= props.page.total
  return (
    <div class="row-apart data-pager" classList={{ 'data-pager-second': props.isSecond ?? false }}>
      <p class="figures" role={props.isSecond ? undefined : 'status'}>
        <strong>
          {props.page.total <= PAGE_ROWS
            ? t.count(props.page.total)
            : t.page(
                format.number(from() + 1),
                format.number(from() + props.page.rows.length),
                t.count(props.page.total),
              )}
        </strong>
        , {t.sorted[props.state.order()]}
        <Show when={props.state.busy()}>
          <span class="soft"> {t.searching}</span>
        </Show>
      </p>
      <Show when={props.page.total > PAGE_ROWS}>
        <div class="row screen-only">
          <Button size="small" look="quiet" disabled={from() === 0} onClick={() => props.state.setOffset(0)}>
            {t.first}
          </Button>
          <Button size="small" disabled={from() === 0} onClick={() => props.state.setOffset(from() - PAGE_ROWS)}>
            {t.previous}
          </Button>
          <Button size="small" disabled={isLast()} onClick={() => props.state.setOffset(from() + PAGE_ROWS)}>
            {t.next}
          </Button>
          <Button
            size="small"
            look="quiet"
            disabled={isLast()}
            onClick={() => props.state.setOffset(Number.POSITIVE_INFINITY)}
          >
            {t.last}
          </Button>
        </div>
      </Show>
    </div>
  )
}
