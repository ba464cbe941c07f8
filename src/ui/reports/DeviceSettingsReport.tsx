/** One device's settings as of a read, beside those of an earlier one, and the changes that the device logged. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { type DeviceTime, deviceDayOf } from '#records/time.ts'
import type { DeviceSettings, DeviceStatus, SettingsModel, SettingsSnapshot } from '#reports/models.ts'
import { useFormat } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { TableCsv } from '../paper/TableCsv.tsx'
import { Choice } from '../parts/Choice.tsx'
import { inGlucoseUnit } from '../parts/glucoseWords.ts'
import { type ComparedGroup, compareSnapshots } from './compareSettings.ts'
import { PrintHead } from './PrintHead.tsx'
import { momentText } from '../parts/settingLines.ts'
import { settingWords } from '../parts/settingWords.ts'
import { ReportTable } from './ReportTable.tsx'
import { changesInWords, settingsInWords, type Unexplained } from './settingsInWords.ts'

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
  /** The newest one before that tells something of the same, unless the person chose. */
  const usual = () =>
    earlier().find(({ groups }) => groups.some(({ name }) => now()?.groups.some(g => g.name === name)))
  const before = () =>
    other() === 'none' ? undefined : (earlier().find(snapshot => snapshot.at === other()) ?? usual())
  const moment = (time: DeviceTime) => momentOf(time, format)
  const choiceOf = ({ at: from, until }: SettingsSnapshot) => ({
    value: String(from),
    label: until === undefined ? moment(from) : t.unchangedUntil(moment(from), moment(until)),
  })
  const inWords = (snapshot: SettingsSnapshot | undefined) => snapshot && settingsInWords(snapshot, format)
  const shownNow = createMemo(() => inWords(now()))
  const groups = createMemo(() => {
    const shown = shownNow()
    const all = shown ? compareSnapshots(shown, inWords(before())) : []
    return onlyChanges() && before() ? all.filter(({ differs }) => differs) : all
  })
  return (
    <Show when={now()} fallback={<p class="card report-card soft">{t.noSnapshot}</p>}>
      {shown => (
        <>
          <section class="card report-card">
            <div class="picker">
              <Choice
                label={t.asOf}
                value={String(shown().at)}
                choices={snapshots().map(choiceOf)}
                onChange={value => setAt(timeOf(value, props.device))}
              />
              <Show when={earlier().length > 0}>
                <Choice
                  label={t.compare}
                  value={String(before()?.at ?? 'none')}
                  choices={[{ value: 'none', label: t.nothing }, ...earlier().map(choiceOf)]}
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
            <Show when={groups().length > 0} fallback={<p class="soft">{before() ? t.same : t.noSnapshot}</p>}>
              <TableCsv name={t.title}>
                <div class="settings-groups">
                  <For each={groups()}>
                    {group => <Group group={group} before={before() && t.before(moment(before()?.at ?? shown().at))} />}
                  </For>
                </div>
              </TableCsv>
            </Show>
            <Show when={shownNow()?.unexplained.length}>
              <NotExplained all={shownNow()?.unexplained ?? []} />
            </Show>
          </section>
          <Show when={shown().status}>{status => <Status status={status()} />}</Show>
        </>
      )}
    </Show>
  )
}

/** Reservoir, battery, last bolus and the like: how the device stood when it told its settings. */
function Status(props: { readonly status: DeviceStatus }) {
  const format = useFormat()
  const inWords = createMemo(() => settingsInWords(props.status, format))
  const groups = () => compareSnapshots(inWords(), undefined)
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.statusTitle}</h2>
        <p class="small soft">{t.statusText(momentOf(props.status.at, format))}</p>
      </div>
      <Show when={groups().length > 0}>
        <TableCsv name={t.statusTitle}>
          <div classList={{ 'settings-groups': groups().length > 1 }}>
            <For each={groups()}>{group => <Group group={group} before={undefined} />}</For>
          </div>
        </TableCsv>
      </Show>
      <Show when={inWords().unexplained.length > 0}>
        <NotExplained all={inWords().unexplained} />
      </Show>
    </section>
  )
}

const timeOf = (value: string, { snapshots }: DeviceSettings): DeviceTime | undefined =>
  snapshots.find(({ at }) => String(at) === value)?.at

function Group(props: { readonly group: ComparedGroup; readonly before: string | undefined }) {
  const values = () => props.group.values
  /** What only one of the two told has not changed; it was not told. */
  const toldNow = () => values().some(({ now }) => now !== undefined)
  const toldBefore = () => values().some(({ before }) => before !== undefined)
  const before = () => (toldBefore() ? props.before : undefined)
  const onlyOnce = () => Boolean(props.before) && !(toldNow() && toldBefore())
  return (
    <div class="table-wrap settings-group">
      <table class="plain-table">
        <caption>
          {settingWords(props.group.name)}
          <Show when={onlyOnce()}>
            <span class="small soft settings-once"> {toldNow() ? t.notTold : t.notToldNow}</span>
          </Show>
        </caption>
        <thead classList={{ 'visually-hidden': !before() }}>
          <tr>
            <th scope="col">{t.setting}</th>
            <Show when={toldNow()}>
              <th scope="col">{t.value}</th>
            </Show>
            <Show when={before()}>
              <th scope="col">{before()}</th>
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={values()}>
            {value => (
              <tr classList={{ 'settings-differs': value.differs && !onlyOnce() }}>
                <th scope="row">{settingWords(value.key)}</th>
                <Show when={toldNow()}>
                  <td>
                    <Told text={value.now} />
                    <Show when={value.differs && !onlyOnce()}>
                      <span class="tag">{t.changed}</span>
                    </Show>
                  </td>
                </Show>
                <Show when={before()}>
                  <td>
                    <Told text={value.before} />
                  </td>
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

/** A value in the person's unit and clock; where that is not the device's own word, this is the title. */
function Told(props: { readonly text: string | undefined }) {
  const format = useFormat()
  const inUnit = () => inGlucoseUnit(props.text ?? '', format)
  return (
    <Show when={props.text} fallback={reportTexts.none}>
      {text => <span title={inUnit() === text() ? undefined : t.asTold(text())}>{momentText(inUnit(), format)}</span>}
    </Show>
  )
}

/** What the device told and we cannot say in words, with the bytes: not hidden, and not among what is understood. */
function NotExplained(props: { readonly all: readonly Unexplained[] }) {
  return (
    <details class="disclosure settings-unexplained">
      <summary>{t.unexplained(props.all.length)}</summary>
      <p class="small soft">{t.unexplainedText}</p>
      <ReportTable name={t.unexplained(props.all.length)} columns={[t.setting, t.place, t.told]} look="therapy-table">
        <For each={props.all}>
          {({ name, place, told }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{place}</td>
              <td class="settings-values figures">{told}</td>
            </tr>
          )}
        </For>
      </ReportTable>
    </details>
  )
}

function Changes(props: { readonly device: DeviceSettings }) {
  const format = useFormat()
  const changes = createMemo(() => changesInWords(props.device.changes, format))
  const hasBefore = () => changes().some(({ before }) => before !== undefined)
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.changesTitle}</h2>
        <p class="small soft">{t.changesText}</p>
      </div>
      <Show when={changes().length > 0} fallback={<p class="soft">{t.noChanges}</p>}>
        <ReportTable
          name={t.changesTitle}
          look="therapy-table settings-changes"
          isTall
          columns={[t.when, t.setting, t.value, ...(hasBefore() ? [t.was] : []), t.who]}
        >
          <For each={changes()}>
            {change => (
              <tr>
                <th scope="row">{momentOf(change.at, format)}</th>
                <td class="settings-name">{settingWords(change.name)}</td>
                <td class="settings-values" data-head={t.value}>
                  <Told text={change.after} />
                </td>
                <Show when={hasBefore()}>
                  <td class="settings-values" data-head={t.was}>
                    <Told text={change.before} />
                  </td>
                </Show>
                <td data-head={t.who}>{change.by}</td>
              </tr>
            )}
          </For>
        </ReportTable>
      </Show>
    </section>
  )
}
