/** What all reports leave out: weekdays, single days, devices. Closed it is one button that says so. Source: reports sheet §3. */
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { noFilter, type ReportFilter } from '#reports/filter.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { dayFromText } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { isFiltering, useFilter } from '../state/reportFilter.ts'
import { filterTexts as t } from '../texts/reportFilter.ts'
import { filterText, weekdayName } from './filterText.ts'

export function FilterPicker() {
  const id = createUniqueId()
  const format = useFormat()
  const { filter, setFilter } = useFilter()
  const [open, setOpen] = createSignal(false)
  const change = (part: Partial<ReportFilter>) => setFilter({ ...filter(), ...part })
  return (
    <div class="filter-picker screen-only">
      <div class="row">
        <Button look="quiet" aria-expanded={open()} aria-controls={id} onClick={() => setOpen(!open())}>
          {t.open}
        </Button>
        <Show when={isFiltering(filter())}>
          <span class="filter-active" role="status">
            {t.active(filterText(filter(), format))}
          </span>
          <Button look="quiet" size="small" onClick={() => setFilter(noFilter)}>
            {t.clear}
          </Button>
        </Show>
      </div>
      <div id={id} class="card filter-panel" hidden={!open()}>
        <Show when={open()}>
          <h2 class="visually-hidden">{t.title}</h2>
          <Weekdays off={filter().weekdaysOff} onChange={weekdaysOff => change({ weekdaysOff })} />
          <Days off={filter().daysOff} onChange={daysOff => change({ daysOff })} />
          <Devices off={filter().devicesOff} onChange={devicesOff => change({ devicesOff })} />
        </Show>
      </div>
    </div>
  )
}

interface ListProps<T> {
  readonly off: readonly T[]
  readonly onChange: (off: readonly T[]) => void
}

const toggled = <T,>(list: readonly T[], value: T, isOff: boolean): readonly T[] =>
  isOff ? [...list, value] : list.filter(one => one !== value)

function Weekdays(props: ListProps<number>) {
  const preferences = usePreferences()
  const weekdays = () => Array.from({ length: 7 }, (_, i) => (preferences.now().firstDayOfWeek + i) % 7)
  return (
    <fieldset class="stack-tight">
      <legend class="field-label">{t.weekdays}</legend>
      <div class="row">
        <For each={weekdays()}>
          {weekday => (
            <label class="check">
              <input
                type="checkbox"
                checked={!props.off.includes(weekday)}
                // Without any weekday nothing would be left to report.
                disabled={props.off.length === 6 && !props.off.includes(weekday)}
                onChange={event => props.onChange(toggled(props.off, weekday, !event.currentTarget.checked))}
              />
              {weekdayName(weekday)}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}

function Days(props: ListProps<number>) {
  const id = createUniqueId()
  const format = useFormat()
  const [day, setDay] = createSignal('')
  const [problem, setProblem] = createSignal(false)
  const add = (event: Event) => {
    event.preventDefault()
    const chosen = dayFromText(day())
    setProblem(chosen === undefined)
    if (chosen === undefined) return
    if (!props.off.includes(chosen)) props.onChange([...props.off, chosen].toSorted((a, b) => a - b))
    setDay('')
  }
  return (
    <form class="stack-tight" onSubmit={add} noValidate>
      <label class="field-label" for={id}>
        {t.dayOff}
      </label>
      <div class="row">
        <input
          id={id}
          class="input"
          type="date"
          value={day()}
          aria-invalid={problem() ? 'true' : undefined}
          aria-describedby={problem() ? `${id}-problem` : undefined}
          onInput={event => setDay(event.currentTarget.value)}
        />
        <Button type="submit">{t.addDay}</Button>
        <For each={props.off}>
          {off => (
            <Button
              look="quiet"
              size="small"
              aria-label={`${format.dayExact(off)}: ${t.bringBack}`}
              onClick={() => props.onChange(toggled(props.off, off, false))}
            >
              {format.dayExact(off)}
              <Icon name="close" />
            </Button>
          )}
        </For>
      </div>
      <Show when={problem()}>
        <p id={`${id}-problem`} class="field-error" role="alert">
          {t.badDay}
        </p>
      </Show>
    </form>
  )
}

function Devices(props: ListProps<string>) {
  const api = useApi()
  const devices = createAnswer(() => api.data.devices())
  return (
    <Show when={(devices.value()?.length ?? 0) > 1}>
      <fieldset class="stack-tight">
        <legend class="field-label">{t.devices}</legend>
        <For each={devices.value()}>
          {({ deviceKey, device }) => (
            <label class="check">
              <input
                type="checkbox"
                checked={!props.off.includes(deviceKey)}
                onChange={event => props.onChange(toggled(props.off, deviceKey, !event.currentTarget.checked))}
              />
              {device.serial === '' ? device.model : `${device.model} (${device.serial})`}
            </label>
          )}
        </For>
      </fieldset>
    </Show>
  )
}
