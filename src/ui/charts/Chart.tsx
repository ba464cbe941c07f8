/**
 * The only place where Chart.js runs: owns the canvas, draws a spec on it, follows size and colour scheme, disposes.
 * It knows nothing of what it shows. Canvas is invisible to screen readers: `name` says in a sentence what is there.
 */
import { Chart as ChartJs, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import { createEffect, on, onCleanup } from 'solid-js'
import { createMediaMatch } from '../state/createMediaMatch.ts'
import { chartConfig } from './canvas.ts'
import { readColors } from './colors.ts'
import type { ChartSpec } from './spec.ts'

ChartJs.register(LineController, LineElement, PointElement, LinearScale)

export interface ChartProps {
  readonly spec: ChartSpec
  /** The summary sentence; the accessible name of the picture. */
  readonly name: string
  readonly cursorX: number | undefined
  /** The x value under the pointer; `undefined` when it leaves. */
  readonly onPoint: (x: number | undefined) => void
  readonly onPick?: ((x: number) => void) | undefined
}

/**
 * Does `work` in a task of its own once the page around it is laid out, which drawing asks for: both together would hold
 * up the window. Returns what calls it off.
 */
function afterFrame(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

export function Chart(props: ChartProps) {
  let canvas: HTMLCanvasElement | undefined
  let chart: ChartJs<'line', { x: number; y: number }[]> | undefined
  /** Where the cursor line stands; Chart.js asks for it at every drawing. */
  let cursorX: number | undefined
  const dark = createMediaMatch('(prefers-color-scheme: dark)')

  const draw = () => {
    if (!canvas) return
    chart?.destroy()
    chart = new ChartJs(
      canvas,
      chartConfig(props.spec, readColors(canvas), () => cursorX),
    )
  }
  createEffect(on([() => props.spec, dark], () => onCleanup(afterFrame(draw))))
  createEffect(() => {
    cursorX = props.cursorX
    chart?.draw()
  })
  onCleanup(() => chart?.destroy())

  const xUnder = (event: PointerEvent | MouseEvent): number | undefined => {
    const xs = chart?.scales['x']
    return xs?.getValueForPixel(event.offsetX)
  }
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={props.name}
      onPointerMove={event => props.onPoint(xUnder(event))}
      onPointerDown={event => props.onPoint(xUnder(event))}
      onPointerLeave={event => event.pointerType === 'mouse' && props.onPoint(undefined)}
      onClick={event => {
        const x = xUnder(event)
        if (x !== undefined) props.onPick?.(x)
      }}
    />
  )
}
