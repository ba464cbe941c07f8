/** What the readout says while stepping through a strip: one stop a minute that holds anything, with the rate in force. */
import { MINUTE_MS, shifted, startOfDeviceDay } from '#records/time.ts'
import { type BasalColumns, type BolusMark, deliveries, type WeekDay } from '#reports/weeklyModel.ts'
import type { Stop } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { rateText } from '../amounts.ts'
import { bolusText, carbAmount } from '../dailyStops.ts'
import { flagWord } from '../glucoseLane.ts'

const t = reportTexts.dailyChart

/** Sorted; `x` is ms since midnight. */
export function stripStops(day: WeekDay, format: Format): readonly Stop[] {
  const midnight = startOfDeviceDay(day.day)
  const minutes = new Map<number, { readonly ms: number; readonly words: string[] }>()
  const say = (ms: number, sentence: string) => {
    const minute = Math.floor(ms / MINUTE_MS)
    const known = minutes.get(minute)
    if (known) known.words.push(sentence)
    else minutes.set(minute, { ms, words: [sentence] })
  }
  const glucose = (mgdl: number, flags: number) => flagWord(flags) ?? `${format.glucose(mgdl)} ${format.glucoseUnit()}`

  const { time, mgdl, flags } = day.glucose
  for (let i = 0; i < time.length; i++) {
    say((time[i] ?? 0) - midnight, t.sensor(glucose(mgdl[i] ?? Number.NaN, flags[i] ?? 0)))
  }
  for (const mark of day.meterMarks) say(mark.ms, t.meter(glucose(mark.mgdl, mark.flags)))
  for (const mark of day.carbs) say(mark.ms, t.carbs(carbAmount(mark, format)))
  for (const mark of day.boluses) say(mark.ms, bolusMarkText(mark, format))
  for (const ms of day.exits) say(ms, weeklyTexts.legend.exit)
  for (const ms of day.setChanges) say(ms, weeklyTexts.legend.set)
  return [...minutes.values()]
    .toSorted((a, b) => a.ms - b.ms)
    .map(({ ms, words }): Stop => {
      const parts = [...words, ...basalWords(day.basal, ms, format)]
      // A bolus over time may have begun on the evening before: it is drawn from midnight on.
      return { x: Math.max(0, ms), text: `${format.timeOfDay(shifted(midnight, ms))}: ${parts.join(' · ')}` }
    })
}

const bolusMarkText = ({ normalUnits, extendedUnits, durationMs, automatic }: BolusMark, format: Format): string =>
  bolusText(
    {
      ...(normalUnits > 0 ? { normalUnits } : {}),
      ...(extendedUnits > 0 ? { extendedUnits, durationMs } : {}),
      ...(automatic ? { context: 'automatic' } : {}),
    },
    format,
  )

function basalWords({ from, to, unitsPerHour, delivery }: BasalColumns, ms: number, format: Format): readonly string[] {
  const at = from.findIndex((start, i) => start <= ms && ms < (to[i] ?? 0))
  const name = deliveries[delivery[at] ?? -1]
  if (name === undefined) return []
  const rate = t.basal(rateText(unitsPerHour[at] ?? 0, format))
  return [name === 'scheduled' ? rate : `${rate} ${t.delivery[name]}`]
}
