/** The first page: devices as cards, the last 14 days, what was read and imported. Without any data, the first visit. */
import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { rangeNames } from '#reports/models.ts'
import type { DeviceCard, HomeModel, StripDay } from '#workers/api.ts'
import { modelById } from '#devices/registry.ts'
import { dateFromDeviceTime, startOfDeviceDay } from '#records/time.ts'
import { ActivityList } from '../parts/ActivityList.tsx'
import { Answered } from '../parts/Answered.tsx'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { ClockNote, isClockOff } from '../parts/ClockNote.tsx'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { RangeBar } from '../parts/RangeBar.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { drawingOf, readAddress } from '../parts/deviceCard.ts'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { useFormat } from '../state/preferences.ts'
import { texts } from '../texts/texts.ts'
import { FirstVisit } from './FirstVisit.tsx'
import { InstallOffer } from './InstallOffer.tsx'
import { InterruptedRead } from './InterruptedRead.tsx'

export function Home() {
  const api = useApi()
  const home = createAnswer(() => api.data.home())
  return (
    <Answered of={home} skeleton={<Skeleton lines={1} blocks={3} />}>
      {model => (
        <Show when={!model().empty} fallback={<FirstVisit />}>
          <Known model={model()} />
        </Show>
      )}
    </Answered>
  )
}

/** More would hide what stands below them. */
const FEW_ACTIVITIES = 6

function Known(props: { readonly model: HomeModel }) {
  const t = texts()
  const [all, setAll] = createSignal(false)
  const shown = () => (all() ? props.model.activity : props.model.activity.slice(0, FEW_ACTIVITIES))
  return (
    <>
      <PageHead
        title={t.home.title}
        actions={
          <>
            <ButtonLink href="/import">
              <Icon name="file" />
              {t.actions.importFiles}
            </ButtonLink>
            <ButtonLink href="/read" look="primary">
              <Icon name="read" />
              {t.actions.readDevice}
            </ButtonLink>
          </>
        }
      />
      <div class="stack-loose">
        <InterruptedRead activity={props.model.activity} />
        <Strip days={props.model.strip} />
        <section class="stack" aria-labelledby="home-devices">
          <h2 id="home-devices">{t.home.devices}</h2>
          <Show when={props.model.devices.length > 0} fallback={<p class="soft">{t.home.noDevices}</p>}>
            <div class="grid-cards">
              <For each={props.model.devices}>{device => <Card device={device} />}</For>
            </div>
          </Show>
        </section>
        <section class="stack" aria-labelledby="home-activity">
          <h2 id="home-activity">{t.home.activity}</h2>
          <Show when={props.model.activity.length > 0} fallback={<p class="soft">{t.home.noActivity}</p>}>
            <div class="card activity-card">
              <ActivityList reports={shown()} />
            </div>
            <Show when={shown().length < props.model.activity.length}>
              <div class="row">
                <Button size="small" onClick={() => setAll(true)}>
                  {t.home.moreActivity(props.model.activity.length)}
                </Button>
              </div>
            </Show>
          </Show>
        </section>
        <InstallOffer />
      </div>
    </>
  )
}

function Card(props: { readonly device: DeviceCard }) {
  const t = texts()
  const format = useFormat()
  const when = () => format.moment(props.device.lastReadAt)
  const lastRead = () => (props.device.lastReadHow === 'file' ? t.home.lastImport(when()) : t.home.lastRead(when()))
  const readable = () => (props.device.modelId === undefined ? undefined : modelById(props.device.modelId))
  return (
    <article class="card device-card">
      <DeviceDrawing drawing={drawingOf(props.device)} />
      <div class="device-card-text">
        <h3>{props.device.device.model}</h3>
        <p class="soft small figures">
          {props.device.device.serial ? t.home.serial(props.device.device.serial) : t.home.noSerial}
        </p>
        <p class="small" title={format.momentExact(props.device.lastReadAt)}>
          {lastRead()}
        </p>
        <Show when={props.device.simulated}>
          <p>
            <span class="tag">{t.home.simulated}</span>
          </p>
        </Show>
      </div>
      <Show when={isClockOff(props.device.clockDifferenceMs) || props.device.daysUntilFull !== undefined}>
        <div class="device-card-notes">
          <ClockNote differenceMs={props.device.clockDifferenceMs} />
          <Room days={props.device.daysUntilFull} />
        </div>
      </Show>
      <Show when={readable()}>
        {model => (
          <p class="device-card-actions">
            <ButtonLink href={readAddress(props.device, model())} size="small">
              {t.actions.readAgain}
            </ButtonLink>
          </p>
        )}
      </Show>
    </article>
  )
}

/** Fewer days than these are worth a warning. */
const FEW_DAYS = 14

/** How long the device's memory still lasts before values are lost. */
function Room(props: { readonly days: number | undefined }) {
  const t = texts()
  return (
    <Show when={props.days !== undefined ? Math.max(0, Math.floor(props.days)) + 1 : 0}>
      {daysPlusOne => {
        const days = () => daysPlusOne() - 1
        return (
          <Show when={days() < FEW_DAYS} fallback={<p class="soft">{t.home.room(days())}</p>}>
            <p class="with-icon">
              <Icon name="attention" size={18} />
              <strong>{days() === 0 ? t.home.roomNone : t.home.roomLittle(days())}</strong>
            </p>
          </Show>
        )
      }}
    </Show>
  )
}

function Strip(props: { readonly days: readonly StripDay[] }) {
  const t = texts()
  const format = useFormat()
  const last = () => props.days.at(-1)
  const hasValues = createMemo(() => props.days.some(day => day.sensorCount > 0 || day.meterCount > 0))
  const hasCounts = createMemo(() => props.days.some(day => day.sensor === undefined && day.meterCount > 0))
  const hasSensor = createMemo(() => props.days.some(day => day.sensor !== undefined))
  return (
    <section class="card" aria-labelledby="home-strip">
      <div class="row-apart">
        <h2 id="home-strip">
          {t.home.strip}{' '}
          <Show when={last()}>{day => <span class="soft small">{t.home.stripTo(format.day(day().day))}</span>}</Show>
        </h2>
        <A href="/reports/overview">{t.home.allReports}</A>
      </div>
      <Show when={hasValues()} fallback={<p class="soft">{t.home.noStrip}</p>}>
        <ol class="strip">
          <For each={props.days}>
            {day => (
              <li>
                <StripLink day={day} />
              </li>
            )}
          </For>
        </ol>
        <Show when={hasSensor()}>
          <ul class="legend">
            <For each={rangeNames}>
              {name => (
                <li>
                  <span class={`legend-swatch range-${name}`} />
                  {t.ranges[name]}
                </li>
              )}
            </For>
          </ul>
        </Show>
        <Show when={hasCounts()}>
          <p class="soft small">{t.home.stripCounts}</p>
        </Show>
      </Show>
    </section>
  )
}

function StripLink(props: { readonly day: StripDay }) {
  const t = texts()
  const format = useFormat()
  const href = () => `/reports/daily?day=${dateFromDeviceTime(startOfDeviceDay(props.day.day))}`
  const said = () => {
    const { sensor, meterCount } = props.day
    if (sensor) return rangeNames.map(name => `${format.percent(sensor[name].percent)} ${t.ranges[name]}`).join(', ')
    return meterCount > 0 ? t.home.stripMeter(meterCount) : t.home.stripNone
  }
  const names = () => format.dayShortParts(props.day.day)
  return (
    <A href={href()} class="strip-day" title={`${format.dayExact(props.day.day)}: ${said()}`}>
      <span class="visually-hidden">{t.home.stripDay(format.dayExact(props.day.day), said())}</span>
      <span class="strip-column" aria-hidden="true">
        <Show
          when={props.day.sensor}
          fallback={
            <span class="strip-empty" classList={{ 'strip-count': props.day.meterCount > 0 }}>
              {props.day.meterCount > 0 ? props.day.meterCount : '–'}
            </span>
          }
        >
          {shares => <RangeBar shares={shares()} vertical />}
        </Show>
      </span>
      <span aria-hidden="true">
        <Show when={props.day.sensor}>
          {shares => <span class="strip-share">{format.percent(shares().target.percent)}</span>}
        </Show>
        <span class="strip-weekday">{names()[0]}</span>
        <span class="strip-number">{names()[1]}</span>
      </span>
    </A>
  )
}
