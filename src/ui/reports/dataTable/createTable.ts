/**
 * What the data table shows: the choices (search, kinds, device, order, page) and the worker's answer to them. Days come
 * from the address; without any, all days.
 */
import { useSearchParams } from '@solidjs/router'
import { type Accessor, batch, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { RecordType } from '#records/records.ts'
import type { RecordsPage, RecordsQuery } from '#workers/api.ts'
import { useApi } from '../../state/api.ts'
import { type Answer, createAnswer } from '../../state/createAnswer.ts'
import { createPeriod, type PeriodState } from '../../state/createPeriod.ts'
import { isFiltering, useFilter } from '../../state/reportFilter.ts'
import { searchWords } from '../../parts/searchWords.ts'
import { reportTexts } from '../../texts/reports.ts'

export const PAGE_ROWS = 100
/** Someone who types goes on typing within this time. */
const TYPING_MS = 200

export interface TableState {
  /** For the picker: no period while all days are shown. */
  readonly period: PeriodState
  readonly showAllDays: () => void
  readonly typed: Accessor<string>
  readonly type: (text: string) => void
  /** Searches for what is typed without waiting. */
  readonly searchNow: () => void
  readonly types: Accessor<readonly RecordType[]>
  readonly setTypes: (types: readonly RecordType[]) => void
  readonly deviceKey: Accessor<string>
  readonly setDeviceKey: (key: string) => void
  readonly order: Accessor<'newest' | 'oldest'>
  readonly turnOrder: () => void
  readonly offset: Accessor<number>
  /** Stays within what there is. */
  readonly setOffset: (offset: number) => void
  readonly isChoosing: Accessor<boolean>
  readonly clear: () => void
  /** What is chosen, without the page; none while the days are not known. */
  readonly question: Accessor<Omit<RecordsQuery, 'offset' | 'limit'> | undefined>
  readonly answer: Answer<RecordsPage>
  /** What is shown is not yet the answer to what is chosen. */
  readonly busy: Accessor<boolean>
}

export function createTable(): TableState {
  const api = useApi()
  const { filter } = useFilter()
  const [query, setQuery] = useSearchParams()
  const [typed, setTyped] = createSignal('')
  const [search, setSearch] = createSignal('')
  const [types, setTypes] = createSignal<readonly RecordType[]>([])
  const [deviceKey, setDeviceKey] = createSignal('')
  const [order, setOrder] = createSignal<'newest' | 'oldest'>('newest')
  const [offset, setOffset] = createSignal(0)
  const [busy, setBusy] = createSignal(false)
  const usual = createPeriod()
  const isAllDays = () => query['days'] === undefined && query['from'] === undefined
  const period = () => (isAllDays() ? undefined : usual.period())

  let typing: ReturnType<typeof setTimeout> | undefined
  const searchNow = () => {
    clearTimeout(typing)
    setSearch(typed().trim())
  }
  onCleanup(() => clearTimeout(typing))
  // Other entries: from their beginning. Before the question, so that it is asked once.
  createEffect(on([search, types, deviceKey, order, filter, period], () => setOffset(0), { defer: true }))

  const question = () => {
    const days = period()
    if (!isAllDays() && !days) return undefined
    return {
      ...(days ? { period: days } : {}),
      ...(isFiltering(filter()) ? { filter: filter() } : {}),
      ...(types().length > 0 ? { types: types() } : {}),
      ...(deviceKey() === '' ? {} : { deviceKey: deviceKey() }),
      ...(search() === '' ? {} : { search: search(), typeNames: reportTexts.records.types, words: searchWords }),
      order: order(),
    }
  }
  const answer = createAnswer(() => {
    const asked = question()
    if (!asked) return undefined
    setBusy(true)
    return api.data.records({ ...asked, offset: offset(), limit: PAGE_ROWS })
  })
  createEffect(on(answer.now, () => setBusy(false)))

  return {
    period: { ...usual, period, length: () => (isAllDays() ? undefined : usual.length()) },
    showAllDays: () => setQuery({ days: null, from: null, to: null }),
    typed,
    type: text => {
      setTyped(text)
      clearTimeout(typing)
      typing = setTimeout(searchNow, TYPING_MS)
    },
    searchNow,
    types,
    setTypes,
    deviceKey,
    setDeviceKey,
    order,
    turnOrder: () => setOrder(now => (now === 'newest' ? 'oldest' : 'newest')),
    offset,
    setOffset: wanted => {
      const total = answer.value()?.total ?? 0
      const last = Math.max(0, Math.ceil(total / PAGE_ROWS) - 1) * PAGE_ROWS
      setOffset(Math.max(0, Math.min(wanted, last)))
    },
    isChoosing: () => search() !== '' || types().length > 0 || deviceKey() !== '',
    clear: () =>
      batch(() => {
        setTyped('')
        searchNow()
        setTypes([])
        setDeviceKey('')
      }),
    question,
    answer,
    busy,
  }
}
