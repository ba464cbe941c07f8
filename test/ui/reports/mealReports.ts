/** The app with the reports of the three days with meals, and what a test reads from the page. */
import type { Preferences } from '#records/preferences.ts'
import { logbook } from '#reports/logbook.ts'
import { mealsReport } from '#reports/meals.ts'
import type { ReportInput } from '#reports/models.ts'
import { sensorMeter } from '#reports/sensorMeter.ts'
import { standardDay } from '#reports/standardDay.ts'
import type { EvidenceQuery } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { friday, mealInput } from '../../helpers/mealDays.ts'
import { mountApp } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'
import { shownIn } from './shownIn.ts'

export type MealPath = 'sensor-meter' | 'meals' | 'standard-day' | 'logbook'

/** Mounts the report of `input`, from Friday to Sunday. `asked` collects the questions for evidence. */
export function mountReport(
  path: MealPath,
  input: ReportInput = mealInput,
  change: Partial<Preferences> = {},
  asked: EvidenceQuery[] = [],
) {
  const preferences = preferencesWith(change)
  const whole = { ...input, preferences }
  const api = scriptedApi({
    data: {
      preferences: async () => succeeded(preferences),
      lastDayWithData: async () => succeeded(friday + 2),
      evidence: async query => {
        asked.push(query)
        return succeeded({ total: 0, rows: [] })
      },
    },
    reports: {
      sensorMeter: async () => succeeded(sensorMeter(whole)),
      meals: async () => succeeded(mealsReport(whole)),
      standardDay: async () => succeeded(standardDay(whole)),
      logbook: async () => succeeded(logbook(whole)),
    },
  })
  return mountApp(api, `/reports/${path}?from=2024-03-01&to=2024-03-03`)
}

/** Of the section under this heading: each figure's name, number and note. */
export function figuresOf(root: HTMLElement, heading: string): Readonly<Record<string, string>> {
  const section = [...root.querySelectorAll('section')].find(one => one.querySelector('h2')?.textContent === heading)
  const figures = [...(section?.querySelectorAll('.figure') ?? [])]
  return Object.fromEntries(
    figures.map(figure => {
      const value = figure.querySelector('.figure-value')?.textContent?.replace(/\. Show.*$/, '')
      return [
        figure.querySelector('dt')?.textContent ?? '',
        `${value}; ${figure.querySelector('.figure-note')?.textContent}`,
      ]
    }),
  )
}

export const rowsOf = (table: Element | null): readonly (readonly string[])[] =>
  [...(table?.querySelectorAll('tbody tr') ?? [])].map(row => [...row.children].map(shownIn))
