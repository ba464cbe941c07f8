/** One device's settings as of a read, beside those of an earlier one, and the changes that the device logged. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { type DeviceTime, deviceDayOf } from '#records/time.ts'
import type { DeviceSettings, SettingsModel } from '#reports/models.ts'
import { useFormat } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { TableCsv } from '../paper/TableCsv.tsx'
import { Choice } from '../parts/Choice.tsx'
import { type ComparedGroup, compareSnapshots } from './compareSettings.ts'
import { PrintHead } from './PrintHead.tsx'

const t = reportTexts.settings

export function DeviceSettingsReport(props: { readonly model: SettingsModel }) {
  const [chosen, setChosen] = createSignal<string>()
  const device = () => props.model.devices.find(({ sourceKey }) => sourceKey === chosen()) ?? props.model.devices[0]
  const nameOf = ({ name, fromFile }: DeviceSettings) => (fromFile ? t.fromFile(name) : name)
  return (
    <Show when={device()} keyed>
      {shown => (
        <div class="report-body settings-report">
          <PrintHead title={t.title} days={nameOf(shown)} devices={[]} />
          <Show when={props.model.devices.length > 1}>
            <Choice
              label={t.device}
              value={shown.sourceKey}
              choices={props.model.devices.map(each => ({ value: each.sourceKey, label: nameOf(each) }))}
              onChange={setChosen}
            />
          </Show>
          <Snapshots device={shown} />
          <Changes device={shown} />
        </div>
      )}
    </Show>
  )
}

/** In full: no "today" on a page that is printed or compared with one of another year. */
function momentOf(time: DeviceTime, format: Format): string {
  const day = deviceDayOf(time)
  return `${format.days(day, day)}, ${format.timeOfDay(time)}`
}

function Snapshots(props: { readonly device: DeviceSettings }) {
  const format = useFormat()
  const snapshots = () => props.device.snapshots
  const [at, setAt] = createSignal<DeviceTime>()
  const [other, setOther] = createSignal<DeviceTime | 'none'>()
  const [onlyChanges, setOnlyChanges] = createSignal(false)
  const now = () => snapshots().find(snapshot => snapshot.at === at()) ?? snapshots()[0]
  const earlier = () => snapshots().filter(snapshot => snapshot.at < (now()?.at ?? 0))
  /** The one before, unless the person chose. */
  const before = () =>
    other() === 'none' ? undefined : (earlier().find(snapshot => snapshot.at === other()) ?? earlier()[0])
  const moment = (time: DeviceTime) => momentOf(time, format)
  const groups = createMemo(() => {
    const shown = now()
    const all = shown ? compareSnapshots(shown, before()) : []
    return onlyChanges() && before() ? all.filter(({ differs }) => differs) : all
  })
  return (
    <Show when={now()} fallback={<p class="card report-card soft">{t.noSnapshot}</p>}>
      {shown => (
        <section class="card report-card">
          <div class="picker">
            <Choice
              label={t.asOf}
              value={String(shown().at)}
              choices={snapshots().map(snapshot => ({ value: String(snapshot.at), label: moment(snapshot.at) }))}
              onChange={value => setAt(timeOf(value, props.device))}
            />
            <Show when={earlier().length > 0}>
              <Choice
                label={t.compare}
                value={String(before()?.at ?? 'none')}
                choices={[
                  { value: 'none', label: t.nothing },
                  ...earlier().map(snapshot => ({ value: String(snapshot.at), label: moment(snapshot.at) })),
                ]}
                onChange={value => setOther(timeOf(value, props.device) ?? 'none')}
              />
              <label class="check screen-only">
                <input
                  type="checkbox"
                  checked={onlyChanges()}
                  disabled={!before()}
                  onChange={event => setOnlyChanges(event.currentTarget.checked)}
                />
                <span>{t.onlyChanges}</span>
              </label>
            </Show>
          </div>
          <Show when={groups().length > 0} fallback={<p class="soft">{t.same}</p>}>
            <TableCsv name={t.title}>
              <div class="settings-groups">
                <For each={groups()}>
                  {group => <Group group={group} before={before() && t.before(moment(before()?.at ?? shown().at))} />}
                </For>
              </div>
            </TableCsv>
          </Show>
        </section>
      )}
    </Show>
  )
}

const timeOf = (value: string, { snapshots }: DeviceSettings): DeviceTime | undefined =>
  snapshots.find(({ at }) => String(at) === value)?.at

function Group(props: { readonly group: ComparedGroup; readonly before: string | undefined }) {
  return (
    <table class="plain-table settings-group">
      <caption>{props.group.name}</caption>
      <thead classList={{ 'visually-hidden': !props.before }}>
        <tr>
          <th scope="col">{t.setting}</th>
          <th scope="col">{t.value}</th>
          <Show when={props.before}>
            <th scope="col">{props.before}</th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={props.group.values}>
          {({ key, now, before, differs }) => (
            <tr classList={{ 'settings-differs': differs }}>
              <th scope="row">{key}</th>
              <td>
                {now ?? reportTexts.none}
                <Show when={differs}>
                  <span class="tag">{t.changed}</span>
                </Show>
              </td>
              <Show when={props.before}>
                <td>{before ?? reportTexts.none}</td>
              </Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

function Changes(props: { readonly device: DeviceSettings }) {
  const format = useFormat()
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.changesTitle}</h2>
        <p class="small soft">{t.changesText}</p>
      </div>
      <Show when={props.device.changes.length > 0} fallback={<p class="soft">{t.noChanges}</p>}>
        <TableCsv name={t.changesTitle}>
          <div class="table-tall">
            <table class="plain-table therapy-table">
              <thead>
                <tr>
                  <th scope="col">{t.when}</th>
                  <th scope="col">{t.setting}</th>
                  <th scope="col">{t.value}</th>
                  <th scope="col">{t.who}</th>
                </tr>
              </thead>
              <tbody>
                <For each={props.device.changes}>
                  {change => (
                    <tr>
                      <th scope="row">{momentOf(change.deviceTime, format)}</th>
                      <td>{change.name}</td>
                      <td class="settings-values">
                        {Object.entries(change.values)
                          .map(([key, value]) => `${key}: ${value}`)
                          .join('; ')}
                      </td>
                      <td>{change.actor ? t.actors[change.actor] : reportTexts.none}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </TableCsv>
      </Show>
    </section>
  )
}
