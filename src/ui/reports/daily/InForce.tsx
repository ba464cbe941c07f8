/** What pump and calculator were set to on a day, as far as it is sure, and when they told it. */
import { For, Show } from 'solid-js'
import { deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import type { DailyModel, SettingInForce } from '#reports/models.ts'
import { useFormat } from '../../state/preferences.ts'
import { inGlucoseUnit } from '../../parts/glucoseWords.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { hoursText } from '../amounts.ts'

const t = dailyTexts.inForce

export const hasInForce = ({ patterns, settings }: DailyModel): boolean => patterns.length > 0 || settings.length > 0

export function InForce(props: { readonly model: DailyModel }) {
  const format = useFormat()
  const midnight = () => startOfDeviceDay(props.model.day)
  const patterns = () =>
    props.model.patterns.map(({ from, name }) =>
      from === midnight() ? name : t.patternFrom(format.timeOfDay(from), name),
    )
  const told = ({ toldAt }: SettingInForce) => {
    const day = deviceDayOf(toldAt)
    return (day > props.model.day ? t.toldLater : t.told)(format.day(day))
  }
  /** Said once where all were told on the same day. */
  const commonTold = () => {
    const [first, ...others] = new Set(props.model.settings.map(told))
    return others.length === 0 && props.model.settings.length > 1 ? first : undefined
  }
  return (
    <>
      <dl class="in-force">
        <Show when={patterns().length > 0}>
          <div>
            <dt>{t.pattern}</dt>
            <dd>{patterns().join(', ')}</dd>
          </div>
        </Show>
        <For each={props.model.settings}>
          {setting => (
            <div>
              <dt>{t.names[setting.name]}</dt>
              <dd>
                {setting.values
                  .map(([from, value]) => {
                    const text = inGlucoseUnit(value, format)
                    return from === '' ? valueText(setting.name, text) : t.from(from, text)
                  })
                  .join('; ')}
                <Show when={commonTold() === undefined}>
                  {' '}
                  <span class="small soft">({told(setting)})</span>
                </Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={commonTold()}>{text => <p class="small soft">{t.allTold(text())}</p>}</Show>
    </>
  )
}

/** "4 h 00 min" for what devices tell in minutes; all else in the device's own words. */
function valueText(name: SettingInForce['name'], value: string): string {
  const match = name === 'activeInsulin' ? /^(\d+) ?min$/.exec(value) : null
  return match ? hoursText(Number(match[1])) : value
}
