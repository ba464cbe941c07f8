/** What reports follow beside ranges and times: carbohydrate, the usual period, which of two devices is believed. */
import { createSignal, Show } from 'solid-js'
import { type Preferences, rangeColors } from '#records/preferences.ts'
import { Choice } from '../../parts/Choice.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { useApi } from '../../state/api.ts'
import { createAnswer } from '../../state/createAnswer.ts'
import { periodLengths } from '../../state/createPeriod.ts'
import { preferenceTexts as t } from '../../texts/preferences.ts'

export interface ReportSettingsProps {
  readonly now: Preferences
  readonly onChange: (change: Partial<Preferences>) => void
}

export function CarbSettings(props: ReportSettingsProps) {
  const [problem, setProblem] = createSignal<string>()
  const change = (text: string) => {
    const grams = Number(text.trim().replace(',', '.'))
    const isSound = text.trim() !== '' && grams >= 1 && grams <= 50
    setProblem(isSound ? undefined : t.gramsProblem)
    if (isSound) props.onChange({ gramsPerExchange: grams })
  }
  return (
    <>
      <Segmented
        label={t.carbUnits}
        labelShown
        value={props.now.carbUnits}
        choices={(['asEntered', 'grams', 'exchanges'] as const).map(value => ({ value, label: t.carbChoices[value] }))}
        onChange={carbUnits => props.onChange({ carbUnits })}
      />
      <Show when={props.now.carbUnits !== 'asEntered'}>
        <TextField
          label={t.gramsPerExchange}
          inputMode="decimal"
          class="input-short"
          unit={t.grams}
          value={String(props.now.gramsPerExchange)}
          error={problem()}
          onChange={change}
        />
      </Show>
    </>
  )
}

export function UsualSettings(props: ReportSettingsProps) {
  const api = useApi()
  const devices = createAnswer(() => api.data.devices())
  return (
    <>
      <Segmented
        label={t.periodDays}
        labelShown
        value={props.now.periodDays}
        choices={periodLengths.map(value => ({ value, label: String(value) }))}
        onChange={periodDays => props.onChange({ periodDays })}
      />
      <div class="stack-tight">
        <Choice
          label={t.rangeColors}
          value={props.now.rangeColors}
          choices={rangeColors.map(value => ({ value, label: t.colorChoices[value] }))}
          onChange={chosen => {
            const colors = rangeColors.find(value => value === chosen)
            if (colors) props.onChange({ rangeColors: colors })
          }}
        />
        <p class="soft small">{t.rangeColorsHint}</p>
      </div>
      <Show when={(devices.value()?.length ?? 0) > 1}>
        <Choice
          label={t.preferred}
          value={props.now.preferredDevices[0] ?? ''}
          choices={[
            { value: '', label: t.noPreferred },
            ...(devices.value() ?? []).map(({ deviceKey, device }) => ({
              value: deviceKey,
              label: device.serial === '' ? device.model : `${device.model} (${device.serial})`,
            })),
          ]}
          onChange={key => props.onChange({ preferredDevices: key === '' ? [] : [key] })}
        />
      </Show>
    </>
  )
}

export function IdentitySettings(props: ReportSettingsProps) {
  return (
    <>
      <TextField
        type="date"
        label={t.dateOfBirth}
        value={props.now.dateOfBirth}
        autocomplete="bday"
        onChange={dateOfBirth => props.onChange({ dateOfBirth })}
      />
      <TextField
        label={t.patientId}
        value={props.now.patientId}
        maxLength={80}
        onChange={id => props.onChange({ patientId: id.trim() })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={props.now.printIdentity}
          onChange={event => props.onChange({ printIdentity: event.currentTarget.checked })}
        />
        {t.printIdentity}
      </label>
    </>
  )
}
