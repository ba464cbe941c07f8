/** The key numbers of CareLink's overview: mean, spread, wear, alerts, and the meter's mean and values a day. */
import { Show } from 'solid-js'
import type { SensorSummary } from '#reports/models.ts'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { hoursText, rounded, wholePercent } from '../amounts.ts'
import { behind } from '../behind.ts'
import { Figure } from '../Figure.tsx'

const t = sensorMeterTexts
const figures = reportTexts.figures
const MINUTES_A_DAY = 1440

export function SensorMeterFigures(props: { readonly model: SensorMeterModel; readonly sensor: SensorSummary }) {
  const format = useFormat()
  const period = () => props.model.period
  const sensorQuery = () => ({ kinds: ['cbg'] as const, types: ['cbg'], period: period() })
  const meterQuery = () => ({ kinds: ['smbg'] as const, types: ['smbg'], period: period() })
  const stands = () => figures.onDays(props.sensor.count, props.sensor.daysWithData, 'sensor')
  return (
    <dl class="figure-grid">
      <Figure
        name={figures.mean}
        value={format.glucose(props.sensor.meanMgdl)}
        unit={format.glucoseUnit()}
        note={stands()}
        query={sensorQuery()}
        count={props.sensor.count}
      />
      <Figure
        name={figures.sd}
        value={'value' in props.sensor.sdMgdl ? format.glucose(props.sensor.sdMgdl.value) : undefined}
        unit={format.glucoseUnit()}
        note={'value' in props.sensor.sdMgdl ? stands() : figures.missing.spread['too-few-values']}
        query={sensorQuery()}
        count={props.sensor.count}
      />
      <Figure
        name={t.wear}
        value={format.percent(wholePercent(props.model.wear ?? 0))}
        note={t.wearNote(hoursText((props.model.wear ?? 0) * MINUTES_A_DAY), props.model.dayCount)}
        query={sensorQuery()}
        count={props.sensor.count}
      />
      <Figure
        name={t.lowAlerts}
        value={perDay(props.model.alerts?.low)}
        unit={t.perDay}
        note={alertsNote(props.model.alerts?.low)}
        query={{ ...behind.lowAlerts, period: period() }}
        count={props.model.alerts?.low}
        of="entries"
      />
      <Figure
        name={t.highAlerts}
        value={perDay(props.model.alerts?.high)}
        unit={t.perDay}
        note={alertsNote(props.model.alerts?.high)}
        query={{ ...behind.highAlerts, period: period() }}
        count={props.model.alerts?.high}
        of="entries"
      />
      <Show when={props.model.meter}>
        {meter => (
          <>
            <Figure
              name={t.meterMean}
              value={format.glucose(meter().meanMgdl)}
              unit={format.glucoseUnit()}
              note={figures.onDays(meter().count, meter().daysWithData, 'meter')}
              query={meterQuery()}
              count={meter().count}
            />
            <Figure
              name={t.meterPerDay}
              value={rounded(meter().valuesPerDay, 1, format)}
              unit={t.perDay}
              note={t.meterPerDayNote(meter().count, meter().daysWithData)}
              query={meterQuery()}
              count={meter().count}
            />
          </>
        )}
      </Show>
    </dl>
  )

  function perDay(count: number | undefined): string | undefined {
    return count === undefined ? undefined : rounded(count / props.model.dayCount, 1, format)
  }

  function alertsNote(count: number | undefined): string {
    return count === undefined ? t.noAlerts : t.alertsNote(count, props.model.dayCount)
  }
}
