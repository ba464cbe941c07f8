/** The statistics of a report without anything around them: ranges, mean and spread, GMI, use, episodes and risk. */
import { defaultPreferences } from '#records/preferences.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import { classify } from '#stats/ranges.ts'
import { summariseSensor } from '#stats/summary.ts'

const VALUES_A_DAY = 288
const RUNS = 41

/** Days of five-minute values, summed up again and again; `medianMs` is of one time, the first ones left out. */
export function timeStatistics(days: number): { readonly values: number; readonly medianMs: number } {
  const all = Array.from({ length: days }, (_, i) => i)
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    // A new one each time: some of what is worked out is kept with the series.
    const series = seriesOf(days)
    const started = performance.now()
    summariseSensor(series, classify(series, defaultPreferences.ranges), all)
    times.push(performance.now() - started)
  }
  const warm = times.slice(RUNS >> 1).sort((a, b) => a - b)
  return { values: days * VALUES_A_DAY, medianMs: warm[warm.length >> 1] ?? 0 }
}

/** From the first midnight there is. Two meals' worth of waves, in mg/dL. */
function seriesOf(days: number): GlucoseSeries {
  const count = days * VALUES_A_DAY
  const steps = Uint16Array.from({ length: count }, (_, i) =>
    Math.round(140 + 60 * Math.sin(i / 40) + 30 * Math.sin(i / 7)),
  )
  return {
    time: Float64Array.from({ length: count }, (_, i) => (i * DAY_MS) / VALUES_A_DAY),
    steps,
    flags: new Uint8Array(count),
    mgdl: Float64Array.from(steps),
    intervalMs: new Uint32Array(count).fill(5 * MINUTE_MS),
    source: new Uint8Array(count),
    sources: ['bench:read'],
  }
}
