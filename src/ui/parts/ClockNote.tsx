/** A device's clock against the computer's, with plain advice when they differ by more than two minutes. */
import { Show } from 'solid-js'
import { MINUTE_MS } from '#records/time.ts'
import { useFormat } from '../state/preferences.ts'
import { texts } from '../texts/texts.ts'
import { Icon } from './Icon.tsx'

/** From here on a difference is worth telling. */
const NOTICEABLE_MS = 2 * MINUTE_MS

export const isClockOff = (differenceMs: number | undefined): differenceMs is number =>
  differenceMs !== undefined && Math.abs(differenceMs) > NOTICEABLE_MS

/** "Its clock is 12 minutes behind this computer’s." */
export function useClockText(): (differenceMs: number | undefined) => string {
  const t = texts()
  const format = useFormat()
  return differenceMs => {
    if (differenceMs === undefined) return t.clock.unknown
    if (!isClockOff(differenceMs)) return t.clock.right
    const by = format.duration(Math.abs(differenceMs))
    return differenceMs > 0 ? t.clock.ahead(by) : t.clock.behind(by)
  }
}

export interface ClockNoteProps {
  readonly differenceMs: number | undefined
}

/** Draws nothing while the clocks agree. */
export function ClockNote(props: ClockNoteProps) {
  const clockText = useClockText()
  return (
    <Show when={isClockOff(props.differenceMs)}>
      <p class="with-icon">
        <Icon name="clock" size={18} />
        <span>{clockText(props.differenceMs)}</span>
      </p>
    </Show>
  )
}
