/**
 * A chart's plain data as a Chart.js configuration. Chart.js gives axes, lines and dots; one small plugin of ours draws
 * what it has no element for: boxes, labels, lane titles and the cursor. Source: stack sheet §4.4.
 */
import {
  type Chart as ChartJs,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
  type PointStyle,
  type Scale,
  type ScaleOptionsByType,
} from 'chart.js'
import type { ChartColors } from './colors.ts'
import {
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

const pointStyles: Readonly<Record<Shape, PointStyle>> = {
  dot: 'circle',
  ring: 'circle',
  diamond: 'rectRot',
  square: 'rect',
  up: 'triangle',
  down: 'triangle',
  plus: 'cross',
  cross: 'crossRot',
  star: 'star',
}

const FONT_PX = 12
const TITLE_PX = 12
/** All value axes are equally wide, whatever their labels: charts stay aligned with one another. */
const AXIS_PX = 40
/** Room kept free at both ends of the axis so that dots at the edges are whole. */
const CLIP_PX = 6
const LONG_POINTS = 600

/** The configuration for `new Chart`. `cursorX` is asked at every drawing. */
export function chartConfig(
  spec: ChartSpec,
  colors: ChartColors,
  cursorX: () => number | undefined,
): ChartConfiguration<'line', { x: number; y: number }[]> {
  const scales = Object.fromEntries([
    ['x', xScale(spec, colors)],
    // Chart.js stacks axes of one name from the bottom up in the order of their definition.
    ...spec.lanes.toReversed().map(lane => [lane.id, yScale(lane, colors)]),
  ])
  return {
    type: 'line',
    data: {
      datasets: spec.lanes.flatMap(lane => [
        ...(lane.lines ?? []).filter(line => !isLong(line)).map(line => lineSet(lane, line, colors)),
        ...(lane.dots ? [dotSet(lane, lane.dots, colors)] : []),
      ]),
    },
    options: {
      parsing: false,
      normalized: true,
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      clip: CLIP_PX,
      layout: { padding: { right: 10 } },
      scales,
    },
    plugins: [lanesPlugin(spec, colors, cursorX)],
  }
}

type LinearOptions = { type: 'linear' } & { [K in keyof ScaleOptionsByType<'linear'>]?: unknown }

function xScale(spec: ChartSpec, colors: ChartColors): LinearOptions {
  return {
    type: 'linear',
    min: spec.xMin,
    max: spec.xMax,
    offset: false,
    afterBuildTicks: (scale: Scale) => setTicks(scale, spec.xTicks),
    ticks: tickOptions(spec.xTicks, colors),
    grid: { display: spec.xLines, color: colors.grid, drawTicks: false },
    border: { display: false },
  }
}

function yScale(lane: Lane, colors: ChartColors): LinearOptions {
  return {
    type: 'linear',
    axis: 'y',
    position: 'left',
    stack: 'lanes',
    stackWeight: lane.weight,
    min: lane.min,
    max: lane.max,
    offset: false,
    afterFit: (scale: Scale) => {
      scale.width = AXIS_PX
    },
    afterBuildTicks: (scale: Scale) => setTicks(scale, lane.ticks),
    ticks: tickOptions(lane.ticks, colors),
    grid: {
      color: (context: { index: number }) => (lane.ticks[context.index]?.limit ? colors.limit : colors.grid),
      drawTicks: false,
    },
    border: { display: false },
  }
}

function setTicks(scale: Scale, ticks: readonly Tick[]): void {
  scale.ticks = ticks.map(tick => ({ value: tick.value }))
}

const tickOptions = (ticks: readonly Tick[], colors: ChartColors) => ({
  autoSkip: false,
  maxRotation: 0,
  includeBounds: false,
  padding: 6,
  color: (context: { index: number }) => (ticks[context.index]?.limit ? colors.ink : colors.text),
  font: (context: { index: number }) => ({
    family: colors.fontFamily,
    size: FONT_PX,
    weight: ticks[context.index]?.limit ? ('bold' as const) : ('normal' as const),
  }),
  callback: (_value: unknown, index: number) => ticks[index]?.label ?? '',
})

function lineSet(lane: Lane, line: Line, colors: ChartColors): ChartDataset<'line', { x: number; y: number }[]> {
  return {
    data: Array.from(line.x, (x, index) => ({ x, y: line.y[index] ?? Number.NaN })),
    yAxisID: lane.id,
    borderColor: colors.mark[line.tone],
    borderWidth: line.widthPx,
    borderDash: dashOf(line),
    pointRadius: 0,
    spanGaps: false,
    tension: 0,
  }
}

const dashOf = ({ dash, dashed }: Line): number[] => [...(dash ?? (dashed ? [4, 3] : []))]

/** Chart.js makes an object of every point: of weeks of values that would hold up the window. */
const isLong = ({ x }: Line): boolean => x.length > LONG_POINTS

function drawLongLines(chart: ChartJs<'line'>, lane: Lane, colors: ChartColors): void {
  const { x: xs, [lane.id]: ys } = chart.scales
  if (!xs || !ys) return
  const { ctx, chartArea } = chart
  ctx.save()
  ctx.beginPath()
  ctx.rect(chartArea.left, ys.top, chartArea.width, ys.height)
  ctx.clip()
  for (const line of lane.lines?.filter(isLong) ?? []) {
    ctx.strokeStyle = colors.mark[line.tone]
    ctx.lineWidth = line.widthPx
    ctx.setLineDash(dashOf(line))
    // Each stretch by itself: one outline of many that cross one another takes seconds to be drawn.
    ctx.beginPath()
    for (let i = 0; i < line.x.length; i++) {
      const y = line.y[i] ?? Number.NaN
      if (Number.isNaN(y)) {
        ctx.stroke()
        ctx.beginPath()
      } else ctx.lineTo(xs.getPixelForValue(line.x[i] ?? 0), ys.getPixelForValue(y))
    }
    ctx.stroke()
  }
  ctx.restore()
}

function dotSet(
  lane: Lane,
  dots: readonly Dot[],
  colors: ChartColors,
): ChartDataset<'line', { x: number; y: number }[]> {
  return {
    data: dots.map(({ x, y }) => ({ x, y })),
    yAxisID: lane.id,
    showLine: false,
    pointStyle: dots.map(dot => pointStyles[dot.shape]),
    pointRadius: dots.map(dot => dot.radius),
    pointRotation: dots.map(dot => (dot.shape === 'down' ? 180 : 0)),
    pointBackgroundColor: dots.map(dot => (dot.shape === 'ring' ? colors.paper : colors.mark[dot.tone])),
    pointBorderColor: dots.map(dot => (dot.shape === 'diamond' ? colors.paper : colors.mark[dot.tone])),
    pointBorderWidth: dots.map(({ shape }) => (shape === 'ring' || shape === 'diamond' || isStroked(shape) ? 1.5 : 0)),
  }
}

function lanesPlugin(spec: ChartSpec, colors: ChartColors, cursorX: () => number | undefined): Plugin<'line'> {
  return {
    id: 'lanes',
    // The target band lies under the grid, everything else over it.
    beforeDraw: chart => {
      for (const lane of spec.lanes) drawBoxes(chart, lane, colors, true)
    },
    beforeDatasetsDraw: chart => {
      for (const lane of spec.lanes) {
        drawBoxes(chart, lane, colors, false)
        drawAreas(chart, lane, colors)
        drawLongLines(chart, lane, colors)
      }
    },
    afterDatasetsDraw: chart => {
      for (const lane of spec.lanes) drawWords(chart, lane, colors, spec.lanes.length > 1)
      drawCursor(chart, cursorX(), colors)
    },
  }
}

function drawBoxes(chart: ChartJs<'line'>, lane: Lane, colors: ChartColors, bands: boolean): void {
  const { x: xs, [lane.id]: ys } = chart.scales
  if (!xs || !ys) return
  for (const box of lane.boxes ?? []) {
    if ((box.tone === 'band') !== bands) continue
    const left = xs.getPixelForValue(box.x0)
    const top = ys.getPixelForValue(box.y1)
    chart.ctx.fillStyle = colors.fill[box.tone]
    chart.ctx.fillRect(left, top, xs.getPixelForValue(box.x1) - left, ys.getPixelForValue(box.y0) - top)
  }
}

function drawAreas(chart: ChartJs<'line'>, lane: Lane, colors: ChartColors): void {
  const { x: xs, [lane.id]: ys } = chart.scales
  if (!xs || !ys) return
  for (const area of lane.areas ?? []) {
    chart.ctx.fillStyle = colors.fill[area.tone]
    for (const outline of outlinesOf(area)) {
      chart.ctx.beginPath()
      for (const [x, y] of outline) chart.ctx.lineTo(xs.getPixelForValue(x), ys.getPixelForValue(y))
      chart.ctx.fill()
    }
  }
}

function drawWords(chart: ChartJs<'line'>, lane: Lane, colors: ChartColors, apart: boolean): void {
  const { x: xs, [lane.id]: ys } = chart.scales
  if (!xs || !ys) return
  const { ctx, chartArea } = chart
  ctx.save()
  if (apart) {
    ctx.strokeStyle = colors.limit
    ctx.lineWidth = 1
    ctx.strokeRect(chartArea.left + 0.5, Math.round(ys.top) + 0.5, chartArea.width - 1, Math.round(ys.height) - 1)
  }
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  ctx.font = `600 ${TITLE_PX}px ${colors.fontFamily}`
  ctx.fillStyle = colors.text
  ctx.fillText(lane.title, chartArea.left + 6, ys.top + 5)
  ctx.font = `${FONT_PX}px ${colors.fontFamily}`
  for (const label of lane.labels ?? []) drawLabel(ctx, label, xs, ys, colors)
  ctx.restore()
}

function drawLabel(ctx: CanvasRenderingContext2D, label: Label, xs: Scale, ys: Scale, colors: ChartColors): void {
  const width = ctx.measureText(label.text).width
  if (label.fitsX !== undefined && width + 6 > xs.getPixelForValue(label.fitsX) - xs.getPixelForValue(0)) return
  const shifts: Readonly<Record<Label['place'], number>> = {
    above: -width / 2,
    middle: -width / 2,
    left: -width - (label.besidePx ?? 0) - 4,
    right: (label.besidePx ?? 0) + 3,
  }
  const above = label.place === 'above'
  const half = FONT_PX / 2 + 1
  const left = xs.getPixelForValue(label.x) + shifts[label.place]
  const middle = ys.getPixelForValue(label.y) - (above ? half + (label.besidePx ?? 3) : 0)
  // At the very edges the words move inwards rather than off the chart.
  const x = Math.min(Math.max(left, xs.left + 2), xs.right - width)
  const y = Math.min(Math.max(middle, ys.top + half), ys.bottom - half)
  ctx.textBaseline = 'middle'
  // A rim of paper keeps words readable over a trace.
  ctx.strokeStyle = colors.paper
  ctx.lineWidth = 3
  ctx.lineJoin = 'round'
  if (label.place !== 'middle') ctx.strokeText(label.text, x, y)
  ctx.fillStyle = colors.ink
  ctx.fillText(label.text, x, y)
}

function drawCursor(chart: ChartJs<'line'>, x: number | undefined, colors: ChartColors): void {
  const xs = chart.scales['x']
  if (x === undefined || !xs) return
  const at = Math.round(xs.getPixelForValue(x)) + 0.5
  chart.ctx.save()
  chart.ctx.strokeStyle = colors.ink
  chart.ctx.lineWidth = 1
  chart.ctx.beginPath()
  chart.ctx.moveTo(at, chart.chartArea.top)
  chart.ctx.lineTo(at, chart.chartArea.bottom)
  chart.ctx.stroke()
  chart.ctx.restore()
}
