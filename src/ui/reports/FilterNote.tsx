/** On paper: what a report leaves out. On the screen the picker says it. */
import { Show } from 'solid-js'
import { useFormat } from '../state/preferences.ts'
import { isFiltering, useFilter } from '../state/reportFilter.ts'
import { filterTexts } from '../texts/reportFilter.ts'
import { filterText } from './filterText.ts'

export function FilterNote() {
  const format = useFormat()
  const { filter } = useFilter()
  return (
    <Show when={isFiltering(filter())}>
      <p class="filter-note print-only">{filterTexts.active(filterText(filter(), format))}</p>
    </Show>
  )
}
