/**
 * A chart with all that belongs to it: the readout as a line of text above, stepping by keyboard and pointer, the table
 * twin one key away, and the vector drawing that takes its place in print. It draws what it is given.
 */
import { type JSX, Show, useContext } from 'solid-js'
import { Chart } from './Chart.tsx'
import { createStepping } from './createStepping.ts'
import { type ChartSpec, nearestStop, type Stop } from './spec.ts'
import { OnPaper, useForPaper } from './onPaper.ts'
import { SCALE, SvgChart } from './SvgChart.tsx'

export interface ChartFigureProps {
  readonly spec: ChartSpec
  /** For the vectors, where they have another width than the screen. */
  readonly printSpec?: ChartSpec
  readonly stops: readonly Stop[]
  /** One spoken sentence for the whole chart. */
  readonly summary: string
  /** How to use it from the keyboard, for screen readers. */
  readonly keys: string
  /** Stands in the readout's place while nothing is pointed at. */
  readonly hint: JSX.Element
  /** A class that gives the chart its height. */
  readonly class: string
  readonly printHeightPt: number
  /** Where several stand beside one another on paper; else the whole width. */
  readonly printWidthPt?: number | undefined
  readonly onPick?: ((x: number) => void) | undefined
}

/** Width of the text area that both papers have (reports sheet §5.4). */
const PRINT_WIDTH_PT = 523
/** The same as pixels of a screen that shows marks and words as large beside it. */
export const PRINT_WIDTH_PX = PRINT_WIDTH_PT / SCALE

export function ChartFigure(props: ChartFigureProps) {
  const onPaper = useContext(OnPaper)
  const forPaper = useForPaper()
  const { stop, pointAt, onKeyDown } = createStepping(
    () => props.stops,
    () => props.onPick,
  )
  return (
    <figure class="chart-figure" aria-label={onPaper ? props.summary : undefined}>
      <Show when={!onPaper}>
        <p class="chart-readout figures screen-only" role="status">
          <Show when={stop()} fallback={<span class="soft">{props.hint}</span>}>
            {chosen => <>{chosen().text}</>}
          </Show>
        </p>
        <div
          class={`chart-place screen-only ${props.class}`}
          classList={{ 'chart-pickable': props.onPick !== undefined }}
          role="group"
          aria-label={props.keys}
          tabindex="0"
          onKeyDown={onKeyDown}
        >
          <Chart
            spec={props.spec}
            name={props.summary}
            cursorX={stop()?.x}
            onPoint={pointAt}
            onPick={x => {
              const chosen = props.stops[nearestStop(props.stops, x) ?? -1]
              if (chosen) props.onPick?.(chosen.x)
            }}
          />
        </div>
      </Show>
      <Show when={forPaper()}>
        <div class="print-only">
          <SvgChart
            spec={props.printSpec ?? props.spec}
            widthPt={props.printWidthPt ?? PRINT_WIDTH_PT}
            heightPt={props.printHeightPt}
          />
        </div>
      </Show>
    </figure>
  )
}
