/** Each device with everything known of it, its reads, and how to be rid of its permission or its data. */
import { createSignal, For, Show } from 'solid-js'
import { modelById } from '#devices/registry.ts'
import { deviceDayOf } from '#records/time.ts'
import type { DeviceCard } from '#workers/api.ts'
import type { Failure } from '#workers/outcome.ts'
import { ActivityList } from '../parts/ActivityList.tsx'
import { Answered } from '../parts/Answered.tsx'
import { Button, ButtonLink } from '../parts/Button.tsx'
import { isClockOff, useClockText } from '../parts/ClockNote.tsx'
import { DeviceDrawing } from '../parts/DeviceDrawing.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { drawingOf, readAddress } from '../parts/deviceCard.ts'
import { Empty } from '../parts/Empty.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { Icon } from '../parts/Icon.tsx'
import { kindCounts } from '../parts/ReportDetails.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { forgetDevices } from '../state/createPermission.ts'
import { useFormat } from '../state/preferences.ts'
import { texts } from '../texts/texts.ts'

export function Devices() {
  const t = texts()
  const api = useApi()
  const devices = createAnswer(() => api.data.devices())
  const [said, setSaid] = createSignal('')
  const [doomed, setDoomed] = createSignal<DeviceCard>()
  const [failure, setFailure] = createSignal<Failure>()

  const remove = async (device: DeviceCard) => {
    setDoomed(undefined)
    const outcome = await api.data.deleteDevice(device.deviceKey)
    setFailure(outcome.ok ? undefined : outcome.failure)
    if (!outcome.ok) return
    setSaid(t.devices.deleted(device.device.model))
    devices.again()
  }
  const forget = async (device: DeviceCard) => {
    const model = device.modelId === undefined ? undefined : modelById(device.modelId)
    const count = model ? await forgetDevices(model) : 0
    setSaid(count > 0 ? t.devices.forgotten : t.devices.notHeld)
  }

  return (
    <>
      <PageHead
        title={t.devices.title}
        actions={
          <ButtonLink href="/read" look="primary">
            <Icon name="read" />
            {t.actions.readDevice}
          </ButtonLink>
        }
      />
      <div class="stack">
        <p role="status">{said()}</p>
        <Show when={failure()}>{value => <FailureNote failure={value()} />}</Show>
        <Answered of={devices}>
          {all => (
            <For
              each={all()}
              fallback={
                <Empty
                  title={t.devices.emptyTitle}
                  text={t.devices.emptyText}
                  actions={
                    <>
                      <ButtonLink href="/import">{t.actions.importFiles}</ButtonLink>
                      <ButtonLink href="/">{t.actions.sample}</ButtonLink>
                    </>
                  }
                />
              }
            >
              {device => (
                <DeviceArticle
                  device={device}
                  onForget={() => void forget(device)}
                  onDelete={() => setDoomed(() => device)}
                />
              )}
            </For>
          )}
        </Answered>
      </div>
      <Show when={doomed()}>
        {device => (
          <DeleteDialog
            device={device()}
            onCancel={() => setDoomed(undefined)}
            onDelete={() => void remove(device())}
          />
        )}
      </Show>
    </>
  )
}

interface DeviceArticleProps {
  readonly device: DeviceCard
  readonly onForget: () => void
  readonly onDelete: () => void
}

function DeviceArticle(props: DeviceArticleProps) {
  const t = texts()
  const format = useFormat()
  const clockText = useClockText()
  const model = () => (props.device.modelId === undefined ? undefined : modelById(props.device.modelId))
  const reads = () => props.device.reads
  return (
    <article class="card" aria-label={props.device.device.model}>
      <div class="device-card-head">
        <DeviceDrawing drawing={drawingOf(props.device)} size={88} />
        <div class="stack-tight">
          <h2>{props.device.device.model}</h2>
          <p class="row">
            <span class="soft">{t.devices.kinds[props.device.device.kind]}</span>
            <Show when={props.device.simulated}>
              <span class="tag">{t.home.simulated}</span>
            </Show>
          </p>
        </div>
      </div>
      <dl class="facts">
        <dt>{t.devices.maker}</dt>
        <dd>{props.device.device.manufacturer}</dd>
        <dt>{t.devices.serial}</dt>
        <dd>{props.device.device.serial || '–'}</dd>
        <Show when={props.device.device.firmware}>
          <dt>{t.devices.firmware}</dt>
          <dd>{props.device.device.firmware}</dd>
        </Show>
        <dt>{props.device.lastReadHow === 'file' ? t.devices.lastImport : t.devices.lastRead}</dt>
        <dd title={format.momentExact(props.device.lastReadAt)}>{format.moment(props.device.lastReadAt)}</dd>
        <Show when={props.device.clockDifferenceMs !== undefined}>
          <dt>{t.devices.clock}</dt>
          <dd>
            {clockText(props.device.clockDifferenceMs)}{' '}
            <Show when={isClockOff(props.device.clockDifferenceMs)}>{t.clock.advice}</Show>
          </dd>
        </Show>
        <dt>{t.devices.holds}</dt>
        <dd>{kindCounts(props.device.counts).join(', ') || t.devices.nothing}</dd>
        <Show when={periodText(props.device, format.days)}>
          {period => (
            <>
              <dt>{t.devices.period}</dt>
              <dd>{period()}</dd>
            </>
          )}
        </Show>
      </dl>
      <details class="disclosure">
        <summary>{t.devices.reads(reads().length)}</summary>
        <ActivityList reports={reads()} />
      </details>
      <div class="row">
        <Show when={model()}>
          {known => (
            <ButtonLink href={readAddress(props.device, known())} size="small">
              {t.actions.readAgain}
            </ButtonLink>
          )}
        </Show>
        <Show when={model() && !props.device.simulated}>
          <Button size="small" onClick={props.onForget}>
            {t.devices.forget}
          </Button>
        </Show>
        <Button size="small" onClick={props.onDelete}>
          {t.devices.delete}
        </Button>
      </div>
    </article>
  )
}

function periodText(
  { oldestRecord, newestRecord }: DeviceCard,
  days: (first: number, last: number) => string,
): string | undefined {
  if (oldestRecord === undefined || newestRecord === undefined) return undefined
  return days(deviceDayOf(oldestRecord), deviceDayOf(newestRecord))
}

interface DeleteDialogProps {
  readonly device: DeviceCard
  readonly onCancel: () => void
  readonly onDelete: () => void
}

/** Names everything that goes before it goes. */
function DeleteDialog(props: DeleteDialogProps) {
  const t = texts()
  const format = useFormat()
  return (
    <Dialog
      open
      onClose={props.onCancel}
      title={t.devices.deleteTitle(props.device.device.model)}
      actions={
        <>
          <Button onClick={props.onCancel}>{t.actions.cancel}</Button>
          <Button look="danger" onClick={props.onDelete}>
            {t.devices.deleteConfirm}
          </Button>
        </>
      }
    >
      <div class="stack-tight">
        <p>{t.devices.deleteText}</p>
        <ul class="bullets">
          <For each={kindCounts(props.device.counts)}>{text => <li>{text}</li>}</For>
          <li>{t.devices.deleteReads(props.device.reads.length)}</li>
        </ul>
        <p class="soft">{periodText(props.device, format.days)}</p>
      </div>
      <p>{t.devices.deleteKeeps}</p>
    </Dialog>
  )
}
