/** What every lane of a day is drawn from. */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS } from '#records/time.ts'
import type { DailyModel, OnBoardCurve } from '#reports/models.ts'
import type { Format } from '../texts/format.ts'

export interface Drawing {
  readonly model: DailyModel
  readonly preferences: Preferences
  readonly format: Format
  /** Insulin on board is asked for: the pump's own numbers, and the line where there is one. */
  readonly onBoard?: { readonly curve?: OnBoardCurve }
  /** How wide the day is drawn, about: marks and words that would lie on one another are drawn together or apart. */
  readonly widthPx: number
}

/** How much time so many pixels are. */
export const msOfPx = (drawing: Pick<Drawing, 'widthPx'>, px: number): number => msOfPxIn(dayOn(drawing.widthPx), px)

/** A stretch of time drawn over some width. */
export interface TimeFrame {
  /** The moment at which x is 0; device wall clock, ms. */
  readonly fromMs: number
  readonly lengthMs: number
  readonly widthPx: number
}

/** A day from its midnight on. */
export const dayOn = (widthPx: number, midnight = 0): TimeFrame => ({ fromMs: midnight, lengthMs: DAY_MS, widthPx })

export const msOfPxIn = ({ lengthMs, widthPx }: TimeFrame, px: number): number => (px / widthPx) * lengthMs
