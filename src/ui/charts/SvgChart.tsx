/**
 * The same spec as vectors, for print: crisp at any size, in light colours, with hatching so that the ranges can be told
 * apart on a grey printer. Lengths are points. Source: reports sheet §5.1, §5.4.
 */
import { createUniqueId, For, Show } from 'solid-js'
import { fillVariable, markVariable } from './colors.ts'
import { HatchPatterns, hatchFill, isHatched } from './Hatch.tsx'
import {
  type Area,
  type Box,
  type ChartSpec,
  type Dot,
  isStroked,
  type Label,
  type Lane,
  type Line,
  outlinesOf,
  type Shape,
  type Tick,
} from './spec.ts'

export interface SvgChartProps {
  readonly spec: ChartSpec
  readonly widthPt: number
  readonly heightPt: number
}

const LEFT = 30
const RIGHT = 8
const TOP = 4
const LINE_HEIGHT = 9
const FONT = 7.5
/** Screen pixels to points for radii and line widths: print is looked at from nearer. */
export const SCALE = 0.6

export function SvgChart(props: SvgChartProps) {
  const hatch = createUniqueId()
  const bottom = () => LINE_HEIGHT * Math.max(...props.spec.xTicks.map(tick => linesOf(tick).length), 1) + 4
  const plot = () => ({ height: props.heightPt - TOP - bottom(), width: props.widthPt - LEFT - RIGHT })
  const toX = (x: number) => LEFT + ((x - props.spec.xMin) / (props.spec.xMax - props.spec.xMin)) * plot().width
  const placed = () => placeLanes(props.spec.lanes, plot().height)
  return (
    <svg
      class="svg-chart"
      viewBox={`0 0 ${props.widthPt} ${props.heightPt}`}
      width={`${props.widthPt}pt`}
      height={`${props.heightPt}pt`}
      aria-hidden="true"
    >
      <HatchPatterns id={hatch} />
      <For each={placed()}>
        {({ lane, top, height }) => {
          const toY = (y: number) => TOP + top + height - ((y - lane.min) / (lane.max - lane.min)) * height
          const frame = { top: TOP + top, height, right: props.widthPt - RIGHT }
          return (
            <g>
              <For each={lane.boxes?.filter(box => box.tone === 'band')}>
                {box => <BoxShape box={box} hatch={hatch} toX={toX} toY={toY} />}
              </For>
              <For each={props.spec.xLines ? props.spec.xTicks : []}>
                {tick => <path class="svg-grid" d={`M${toX(tick.value)} ${frame.top}v${height}`} />}
              </For>
              <For each={lane.ticks}>
                {tick => (
                  <>
                    <path
                      class={tick.limit ? 'svg-limit' : 'svg-grid'}
                      d={`M${LEFT} ${toY(tick.value)}H${frame.right}`}
                    />
                    <text
                      class={tick.limit ? 'svg-strong' : 'svg-soft'}
                      x={LEFT - 4}
                      y={toY(tick.value) + FONT * 0.35}
                      text-anchor="end"
                    >
                      {linesOf(tick).join(' ')}
                    </text>
                  </>
                )}
              </For>
              <For each={lane.boxes?.filter(box => box.tone !== 'band')}>
                {box => <BoxShape box={box} hatch={hatch} toX={toX} toY={toY} />}
              </For>
              <For each={lane.areas}>{area => <AreaShape area={area} toX={toX} toY={toY} />}</For>
              <rect class="svg-frame" x={LEFT} y={frame.top} width={frame.right - LEFT} height={height} />
              <For each={lane.lines}>{line => <LineShape line={line} toX={toX} toY={toY} />}</For>
              <For each={lane.dots}>{dot => <DotShape dot={dot} x={toX(dot.x)} y={toY(dot.y)} />}</For>
              <text class="svg-title" x={LEFT + 4} y={frame.top + FONT + 2}>
                {lane.title}
              </text>
              <For each={lane.labels}>
                {label => <LabelShape label={label} toX={toX} y={toY(label.y)} frame={frame} />}
              </For>
            </g>
          )
        }}
      </For>
      <For each={props.spec.xTicks}>
        {tick => (
          <For each={linesOf(tick)}>
            {(text, index) => (
              <text
                class={tick.limit ? 'svg-strong' : 'svg-soft'}
                x={toX(tick.value)}
                y={TOP + plot().height + LINE_HEIGHT * (index() + 1)}
                text-anchor="middle"
              >
                {text}
              </text>
            )}
          </For>
        )}
      </For>
    </svg>
  )
}

type ToPoints = (value: number) => number

/** A `string[]` label has lines; a plain one is its own only line. */
const linesOf = (tick: Tick): readonly string[] => (typeof tick.label === 'string' ? [tick.label] : tick.label)

function placeLanes(lanes: readonly Lane[], height: number) {
  const total = lanes.reduce((sum, lane) => sum + lane.weight, 0)
  let used = 0
  return lanes.map(lane => {
    const top = (used / total) * height
    used += lane.weight
    return { lane, top, height: (lane.weight / total) * height }
  })
}

function BoxShape(props: { box: Box; hatch: string; toX: ToPoints; toY: ToPoints }) {
  const shape = () => ({
    x: props.toX(props.box.x0),
    y: props.toY(props.box.y1),
    width: Math.max(0, props.toX(props.box.x1) - props.toX(props.box.x0)),
    height: Math.max(0, props.toY(props.box.y0) - props.toY(props.box.y1)),
  })
  return (
    <>
      <rect {...shape()} fill={fillVariable(props.box.tone)} />
      <Show when={isHatched(props.box.tone)}>
        <rect {...shape()} fill={hatchFill(props.hatch, props.box.tone)} />
      </Show>
    </>
  )
}

function AreaShape(props: { area: Area; toX: ToPoints; toY: ToPoints }) {
  const path = () =>
    outlinesOf(props.area)
      .map(outline => `M${outline.map(([x, y]) => `${props.toX(x).toFixed(2)} ${props.toY(y).toFixed(2)}`).join('L')}z`)
      .join('')
  return <path d={path()} fill={fillVariable(props.area.tone)} />
}

function LineShape(props: { line: Line; toX: ToPoints; toY: ToPoints }) {
  const path = () => {
    const { x: xs, y: ys } = props.line
    // Both axes are linear: asked twice instead of once for each of thousands of points.
    const [left, foot] = [props.toX(0), props.toY(0)]
    const [perX, perY] = [props.toX(1) - left, props.toY(1) - foot]
    let drawn = ''
    let pen = 'M'
    for (let index = 0; index < xs.length; index += 1) {
      const y = ys[index] ?? Number.NaN
      if (Number.isNaN(y)) pen = 'M'
      else {
        drawn += `${pen}${(left + (xs[index] ?? 0) * perX).toFixed(2)} ${(foot + y * perY).toFixed(2)}`
        pen = 'L'
      }
    }
    return drawn
  }
  return (
    <path
      d={path()}
      fill="none"
      stroke={markVariable(props.line.tone)}
      stroke-width={props.line.widthPx * SCALE}
      stroke-dasharray={
        props.line.dash?.map(length => length * SCALE).join(' ') ?? (props.line.dashed ? '3 2' : undefined)
      }
    />
  )
}

/** Outlines around the origin for radius 1. */
const shapePaths: Readonly<Record<Shape, string>> = {
  dot: 'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z',
  ring: 'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z',
  diamond: 'M0 -1L1 0L0 1L-1 0z',
  square: 'M-0.7 -0.7h1.4v1.4h-1.4z',
  up: 'M0 -1L0.87 0.5H-0.87z',
  down: 'M0 1L0.87 -0.5H-0.87z',
  plus: 'M0 -1V1M-1 0H1',
  cross: 'M-0.7 -0.7L0.7 0.7M-0.7 0.7L0.7 -0.7',
  star: 'M0 -1V1M-1 0H1M-0.7 -0.7L0.7 0.7M-0.7 0.7L0.7 -0.7',
}

/** A mark at a place in points; legends show the same. */
export function DotShape(props: { dot: Pick<Dot, 'shape' | 'tone' | 'radius'>; x: number; y: number }) {
  const ring = () => props.dot.shape === 'ring'
  const lined = () => ring() || isStroked(props.dot.shape)
  const radius = () => props.dot.radius * SCALE
  return (
    <path
      d={shapePaths[props.dot.shape]}
      transform={`translate(${props.x.toFixed(2)} ${props.y.toFixed(2)}) scale(${radius().toFixed(2)})`}
      fill={ring() ? 'var(--chart-paper)' : markVariable(props.dot.tone)}
      stroke={props.dot.shape === 'diamond' ? 'var(--chart-paper)' : lined() ? markVariable(props.dot.tone) : 'none'}
      stroke-width={(isStroked(props.dot.shape) ? 1.1 : 0.8) / radius()}
    />
  )
}

interface LabelShapeProps {
  readonly label: Label
  readonly toX: ToPoints
  readonly y: number
  readonly frame: { readonly top: number; readonly height: number; readonly right: number }
}

function LabelShape(props: LabelShapeProps) {
  /** Without a canvas the width is an estimate: half an em a letter. */
  const width = () => props.label.text.length * FONT * 0.56
  const fits = () => props.label.fitsX === undefined || props.toX(props.label.fitsX) - props.toX(0) > width() + 3
  const shift = () => {
    const beside = (props.label.besidePx ?? 0) * SCALE + 2.5
    return { above: -width() / 2, middle: -width() / 2, left: -width() - beside, right: beside }[props.label.place]
  }
  const left = () => props.toX(props.label.x) + shift()
  const middle = () => props.y - (props.label.place === 'above' ? FONT / 2 + (props.label.besidePx ?? 3) * SCALE : 0)
  const half = FONT / 2 + 0.5
  return (
    <Show when={fits()}>
      <text
        class={props.label.place === 'middle' ? undefined : 'svg-label'}
        x={Math.min(Math.max(left(), LEFT + 1), props.frame.right - width())}
        y={
          Math.min(Math.max(middle(), props.frame.top + half), props.frame.top + props.frame.height - half) +
          FONT * 0.35
        }
        fill="var(--chart-ink)"
        text-anchor={props.label.place === 'middle' ? 'middle' : 'start'}
        dx={props.label.place === 'middle' ? width() / 2 : 0}
      >
        {props.label.text}
      </text>
    </Show>
  )
}
