/** Small drawings of our own of the kinds of devices; a model names the one it looks like. */
import { Match, Switch } from 'solid-js'
import type { Model } from '#devices/driver.ts'

export interface DeviceDrawingProps {
  readonly drawing: Model['drawing']
  /** Pixels of the square; 72 unless told. */
  readonly size?: number
}

export function DeviceDrawing(props: DeviceDrawingProps) {
  return (
    <svg
      class="device-drawing"
      width={props.size ?? 72}
      height={props.size ?? 72}
      viewBox="0 0 72 72"
      fill="none"
      stroke-width="1.75"
      stroke-linejoin="round"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <Switch>
        <Match when={props.drawing === 'meter-stick'}>
          <rect class="drawing-body" x="24" y="16" width="24" height="50" rx="8" />
          <path class="drawing-metal" d="M29 16V5h14v11" />
          <path class="drawing-line" d="M33 9v2.5M39 9v2.5" />
          <rect class="drawing-screen" x="28" y="23" width="16" height="20" rx="2" />
          <path class="drawing-value" d="M32 36.5V34M36 36.5v-8M40 36.5V31" />
          <circle class="drawing-line" cx="36" cy="54" r="4.5" />
        </Match>
        <Match when={props.drawing === 'meter'}>
          <path class="drawing-body" d="M20 12c0-3 2-5 5-5h22c3 0 5 2 5 5l2 26c0 9-4 21-10 25H28c-6-4-10-16-10-25z" />
          <rect class="drawing-screen" x="24" y="14" width="24" height="20" rx="3" />
          <path class="drawing-value" d="M31 28.5v-4M36 28.5V19M41 28.5v-6" />
          <path class="drawing-line" d="M27 44h4M34 44h4M41 44h4" />
          <path class="drawing-metal" d="M33 63h6v6h-6z" />
        </Match>
        <Match when={props.drawing === 'pump'}>
          <rect class="drawing-body" x="16" y="14" width="36" height="50" rx="7" />
          <path class="drawing-metal" d="M24 14V8h9v6" />
          <path class="drawing-line" d="M28.5 8c0-5 4-5 9-4s12-1 18 3 3 14 6 18" />
          <rect class="drawing-screen" x="21" y="20" width="26" height="20" rx="2.5" />
          <path class="drawing-value" d="M24 33c4-7 6 2 9-3s5-5 11-2" />
          <path class="drawing-line" d="M34 46v11M28.500 51.500h11" />
        </Match>
      </Switch>
    </svg>
  )
}
