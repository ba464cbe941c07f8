/** What every lane of a day is drawn from. */
import type { Preferences } from '#records/preferences.ts'
import type { DailyModel } from '#reports/models.ts'
import type { Format } from '../texts/format.ts'

export interface Drawing {
  readonly model: DailyModel
  readonly preferences: Preferences
  readonly format: Format
}
