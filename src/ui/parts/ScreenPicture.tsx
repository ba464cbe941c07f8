/**
 * Small drawings of our own screens, for the list of reports and for Help. They need the charts' palette and
 * `pictures.css`, which the pages that use them bring along.
 */
import type { Component } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import {
  AgpPicture,
  AssessmentPicture,
  DailyPicture,
  DistributionPicture,
  EpisodesPicture,
  InsulinPicture,
  MealsPicture,
  OverlayPicture,
  OverviewPicture,
  SensorMeterPicture,
  StandardDayPicture,
  TrendsPicture,
  WeeklyPicture,
} from './chartPictures.tsx'
import {
  CalendarPicture,
  DataPicture,
  ImportPicture,
  LogbookPicture,
  QualityPicture,
  ReadPicture,
  SettingsPicture,
  TablePicture,
} from './pagePictures.tsx'

const pictures = {
  read: ReadPicture,
  import: ImportPicture,
  overview: OverviewPicture,
  assessment: AssessmentPicture,
  agp: AgpPicture,
  weekly: WeeklyPicture,
  overlay: OverlayPicture,
  calendar: CalendarPicture,
  daily: DailyPicture,
  sensorMeter: SensorMeterPicture,
  standardDay: StandardDayPicture,
  meals: MealsPicture,
  insulin: InsulinPicture,
  table: TablePicture,
  episodes: EpisodesPicture,
  settings: SettingsPicture,
  logbook: LogbookPicture,
  trends: TrendsPicture,
  distribution: DistributionPicture,
  quality: QualityPicture,
  data: DataPicture,
} as const satisfies Readonly<Record<string, Component>>

export type ScreenName = keyof typeof pictures

export function ScreenPicture(props: { readonly of: ScreenName }) {
  return (
    <svg class="screen-picture" viewBox="0 0 240 120" aria-hidden="true">
      <Dynamic component={pictures[props.of]} />
    </svg>
  )
}
