/** The palette's custom properties as colours for a canvas, which cannot read CSS by itself. */
import type { Tone } from './spec.ts'

/** Fill of areas, by tone. */
const fills: Readonly<Record<Tone, string>> = {
  veryLow: '--range-very-low',
  low: '--range-low',
  target: '--range-target',
  high: '--range-high',
  veryHigh: '--range-very-high',
  band: '--chart-band',
  ink: '--chart-ink',
  neutral: '--chart-limit',
  trace: '--chart-trace',
  bolus: '--chart-bolus',
  auto: '--chart-auto',
  carbs: '--chart-carbs',
  basal: '--chart-basal',
  basalEdge: '--chart-basal-edge',
  temp: '--chart-temp',
  automated: '--chart-automated',
  suspended: '--chart-suspended',
  profileOuter: '--chart-profile-outer',
  profileInner: '--chart-profile-inner',
  profileMedian: '--chart-profile-median',
  day0: '--chart-day-0',
  day1: '--chart-day-1',
  day2: '--chart-day-2',
  day3: '--chart-day-3',
  day4: '--chart-day-4',
  day5: '--chart-day-5',
  day6: '--chart-day-6',
}

/** Dots and lines: the stronger tone where there is one. */
const marks: Readonly<Record<Tone, string>> = {
  ...fills,
  veryLow: '--mark-very-low',
  low: '--mark-low',
  target: '--mark-target',
  high: '--mark-high',
  veryHigh: '--mark-very-high',
}

export interface ChartColors {
  readonly fill: Readonly<Record<Tone, string>>
  readonly mark: Readonly<Record<Tone, string>>
  readonly grid: string
  readonly limit: string
  readonly text: string
  readonly ink: string
  readonly paper: string
  readonly fontFamily: string
}

/** Names of the custom properties, for SVG, which can read CSS. */
export const fillVariable = (tone: Tone): string => `var(${fills[tone]})`
export const markVariable = (tone: Tone): string => `var(${marks[tone]})`

/** Reads the palette as it stands on `element` now. */
export function readColors(element: Element): ChartColors {
  const style = getComputedStyle(element)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  // Object.fromEntries forgets the key type; the keys are those of a table with every tone.
  const all = (names: Readonly<Record<Tone, string>>) =>
    Object.fromEntries(Object.entries(names).map(([tone, name]) => [tone, read(name)])) as Record<Tone, string>
  return {
    fill: all(fills),
    mark: all(marks),
    grid: read('--chart-grid'),
    limit: read('--chart-limit'),
    text: read('--chart-text'),
    ink: read('--chart-ink'),
    paper: read('--chart-paper'),
    fontFamily: style.fontFamily,
  }
}
