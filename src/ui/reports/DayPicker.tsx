/** Which day: a date, the day before and after, and the nearest days that hold data. */
import { createUniqueId } from 'solid-js'
import type { DeviceDay } from '#records/time.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { dayFromText, textOfDay } from '../state/createPeriod.ts'
import { reportTexts } from '../texts/reports.ts'

export interface DayPickerProps {
  readonly day: DeviceDay
  readonly previousWithData: DeviceDay | undefined
  readonly nextWithData: DeviceDay | undefined
  readonly onDay: (day: DeviceDay) => void
}

const t = reportTexts.day

export function DayPicker(props: DayPickerProps) {
  const id = createUniqueId()
  const go = (day: DeviceDay | undefined) => day !== undefined && props.onDay(day)
  return (
    <div class="picker screen-only">
      <div class="picker-dates">
        <Button
          look="quiet"
          size="small"
          aria-label={t.previousData}
          title={t.previousData}
          disabled={props.previousWithData === undefined}
          onClick={() => go(props.previousWithData)}
        >
          <DoubleArrow back />
        </Button>
        <Button look="quiet" aria-label={t.before} title={t.before} onClick={() => go(props.day - 1)}>
          <Icon name="back" />
        </Button>
        <label class="visually-hidden" for={id}>
          {t.label}
        </label>
        <input
          id={id}
          class="input"
          type="date"
          value={textOfDay(props.day)}
          onChange={event => go(dayFromText(event.currentTarget.value))}
        />
        <Button look="quiet" aria-label={t.after} title={t.after} onClick={() => go(props.day + 1)}>
          <Icon name="forward" />
        </Button>
        <Button
          look="quiet"
          size="small"
          aria-label={t.nextData}
          title={t.nextData}
          disabled={props.nextWithData === undefined}
          onClick={() => go(props.nextWithData)}
        >
          <DoubleArrow />
        </Button>
      </div>
    </div>
  )
}

function DoubleArrow(props: { readonly back?: boolean }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path
        d={
          props.back ? 'M12 5.5 5.5 12l6.5 6.5M19 5.5 12.5 12l6.5 6.5' : 'M5 5.5 11.5 12 5 18.5M12 5.5l6.5 6.5-6.5 6.5'
        }
      />
    </svg>
  )
}
