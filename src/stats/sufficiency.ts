/**
 * Whether there are enough sensor values for an ambulatory glucose profile. Source: metrics sheet §5.1.
 */
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, HOUR_MS } from '#records/time.ts'

/** nothing: less than a day of values; numbers: enough for mean and ranges; curve: enough for the percentiles too. */
export type ProfileSufficiency = 'nothing' | 'numbers' | 'curve'

const BEST_DAYS = 7
const USE_OF_BEST_DAYS = 0.7

/** Judges the values of a period by the seven days with the most of them. */
export function profileSufficiency({ time, intervalMs }: GlucoseSeries): ProfileSufficiency {
  const first = time[0]
  const last = time.at(-1)
  if (first === undefined || last === undefined) return 'nothing'
  const covered = new Map<number, number>()
  let sum = 0
  for (let i = 0; i < time.length; i++) {
    const day = Math.floor((time[i] ?? 0) / DAY_MS)
    const interval = intervalMs[i] ?? 0
    covered.set(day, (covered.get(day) ?? 0) + interval)
    sum += interval
  }
  if (sum < DAY_MS) return 'nothing'
  if (sum === DAY_MS) return 'numbers'
  const end = last + (intervalMs.at(-1) ?? 0)
  const uses: number[] = []
  for (const [day, ms] of covered) {
    if (ms < HOUR_MS) continue
    // The first day begins with its first value, the last ends with its last.
    const possible = Math.min((day + 1) * DAY_MS, end) - Math.max(day * DAY_MS, first)
    uses.push(Math.min(1, ms / possible))
  }
  const best = uses.sort((a, b) => b - a).slice(0, BEST_DAYS)
  // Fewer than seven days count as seven with nothing on the others.
  return best.reduce((total, use) => total + use, 0) / BEST_DAYS >= USE_OF_BEST_DAYS ? 'curve' : 'numbers'
}
