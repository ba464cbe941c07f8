/** An hour as the head of a column or row: its beginning, and for screen readers its end. */
import { usePreferences } from '../../state/preferences.ts'
import { hourLabel } from '../axes.ts'

export function HourName(props: { readonly hour: number }) {
  const preferences = usePreferences()
  const label = (hour: number) => hourLabel(hour, preferences.now().clock)
  return (
    <>
      {label(props.hour)}
      <span class="visually-hidden"> – {label(props.hour + 1)}</span>
    </>
  )
}
