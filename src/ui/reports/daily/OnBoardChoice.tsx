/** Whether insulin on board is drawn, by which curve, and what that is. Off until the person asks for it. */
import { createUniqueId, For, Show } from 'solid-js'
import type { OnBoard } from '#reports/models.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { hoursText } from '../amounts.ts'

const t = dailyTexts.onBoard

export interface OnBoardChoiceProps {
  readonly of: OnBoard
  readonly shown: boolean
  /** Of the curve chosen, where the pump's own time is not known. */
  readonly minutes: number | undefined
  readonly onShown: (shown: boolean) => void
  readonly onMinutes: (minutes: number | undefined) => void
}

export function OnBoardChoice(props: OnBoardChoiceProps) {
  const id = createUniqueId()
  const sentence = () => {
    if (props.of.knownMinutes !== undefined) return t.known(hoursText(props.of.knownMinutes))
    return props.minutes === undefined ? t.unknown : t.chosen(hoursText(props.minutes))
  }
  return (
    <div class="on-board">
      <div class="on-board-controls screen-only">
        <label class="check">
          <input type="checkbox" checked={props.shown} onChange={event => props.onShown(event.currentTarget.checked)} />
          {t.show}
        </label>
        <Show when={props.shown && props.of.knownMinutes === undefined}>
          <span class="labelled-select">
            <label for={id}>{t.time}</label>
            <select
              id={id}
              class="input"
              onChange={event => props.onMinutes(Number(event.currentTarget.value) || undefined)}
            >
              <option value="" selected={props.minutes === undefined}>
                {t.choose}
              </option>
              <For each={props.of.curves}>
                {({ actionMinutes }) => (
                  <option value={actionMinutes} selected={props.minutes === actionMinutes}>
                    {t.hours(actionMinutes / 60)}
                  </option>
                )}
              </For>
            </select>
          </span>
        </Show>
      </div>
      <Show when={props.shown}>
        <p class="small soft">
          {sentence()} {t.limits}
        </p>
      </Show>
    </div>
  )
}
