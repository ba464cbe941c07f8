/** What a read brought, what is missing, what was left out and why, and the device's clock. */
import { Show } from 'solid-js'
import type { Model } from '#devices/driver.ts'
import { EndedBy } from '../../parts/ActivityList.tsx'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { isClockOff, useClockText } from '../../parts/ClockNote.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { PageTitle } from '../../parts/PageHead.tsx'
import { addedBy, foundBy, ReportDetails } from '../../parts/ReportDetails.tsx'
import { useApi } from '../../state/api.ts'
import { createAnswer } from '../../state/createAnswer.ts'
import type { StateAt } from '../../state/createReading.ts'
import { useFormat } from '../../state/preferences.ts'
import { texts } from '../../texts/texts.ts'
import { BridgeAgain } from './BridgeAgain.tsx'

export interface DoneScreenProps {
  readonly state: StateAt<'done'>
  /** All that can be read. */
  readonly models: readonly Model[]
  readonly onAgain: () => void
  /** Reads another model through the same plug. */
  readonly onAlso: (model: Model) => void
  readonly onAnother: () => void
}

export function DoneScreen(props: DoneScreenProps) {
  const t = texts()
  const clockText = useClockText()
  const report = () => props.state.report
  const partial = () => report().result === 'partial'
  const added = () => addedBy(report())
  return (
    <div class="read-screen">
      <PageTitle title={partial() ? t.read.partialTitle : t.read.doneTitle(added())} focused />
      <Show when={partial()}>
        <Partial state={props.state} />
      </Show>
      <Show when={!partial() && added() === 0}>
        <NothingNew state={props.state} />
      </Show>
      <div class="card">
        <ReportDetails report={report()} />
      </div>
      <Show when={isClockOff(report().clockDifferenceMs)}>
        <Notice tone="care">
          <p>
            <strong>{clockText(report().clockDifferenceMs)}</strong>
          </p>
          <p>{t.clock.advice}</p>
        </Notice>
      </Show>
      <Show when={props.state.notKept}>
        <Notice>
          <p>{t.read.notKept}</p>
        </Notice>
      </Show>
      <Show when={!partial() ? meterBehind(props.state, props.models) : undefined}>
        {meter => (
          <Notice>
            <p>{t.read.meterToo(meter().name)}</p>
            <div class="row">
              <Button onClick={() => props.onAlso(meter())}>{t.read.meterTooRead}</Button>
            </div>
          </Notice>
        )}
      </Show>
      <div class="row">
        <Show
          when={partial()}
          fallback={
            <>
              <ButtonLink href="/reports/overview" look="primary" size="large">
                {t.actions.openReport}
              </ButtonLink>
              <Button size="large" onClick={() => props.onAgain()}>
                {t.actions.readAgain}
              </Button>
            </>
          }
        >
          <Button look="primary" size="large" onClick={() => props.onAgain()}>
            {t.read.readOn}
          </Button>
          <ButtonLink href="/reports/overview" size="large">
            {t.actions.openReport}
          </ButtonLink>
        </Show>
        <Button look="quiet" onClick={props.onAnother}>
          {t.read.otherDevice}
        </Button>
      </div>
      <Show when={partial() && report().endedBy?.code !== 'cancelled'}>
        <BridgeAgain target={props.state.target} />
      </Show>
    </div>
  )
}

/** Why it ended, how far it had come, and what to do. */
function Partial(props: { readonly state: StateAt<'done'> }) {
  const t = texts()
  const format = useFormat()
  const missing = () => {
    const { done = 0, total = 0, unit = '' } = props.state.reached ?? {}
    return done < total ? t.read.partialOf(format.number(done), format.number(total), unit) : t.read.partialText
  }
  return (
    <Notice tone="care">
      <EndedBy report={props.state.report} withAdvice />
      <p>
        {missing()} {t.read.partialTodo}
      </p>
    </Notice>
  )
}

/** An empty device, or one of which everything is here: a driver that asks for what is new only finds nothing then. */
function NothingNew(props: { readonly state: StateAt<'done'> }) {
  const t = texts()
  const api = useApi()
  const devices = createAnswer(() => api.data.devices())
  const isKnown = () => {
    const keys = props.state.report.devices.map(({ deviceKey }) => deviceKey)
    const cards = (devices.value() ?? []).filter(({ deviceKey }) => keys.includes(deviceKey))
    // Not by the device's counts: settings are in them, which a new pump has too.
    return foundBy(props.state.report) > 0 || cards.some(({ reads }) => reads.some(read => foundBy(read) > 0))
  }
  return (
    <Show when={devices.now().state !== 'waiting' || foundBy(props.state.report) > 0}>
      <p>{isKnown() ? t.read.doneNothing : t.read.doneEmpty}</p>
    </Show>
  )
}

/** A meter that shares its plug with what was read through it, such as a link meter after its pump. */
function meterBehind({ choice, target }: StateAt<'done'>, models: readonly Model[]): Model | undefined {
  if (choice.transport === 'simulated' || target.model.kind === 'meter') return undefined
  const { transport, vendorId, productId } = choice
  return models.find(
    ({ kind, connections }) =>
      kind === 'meter' &&
      connections.some(way => way.transport === transport && way.vendorId === vendorId && way.productId === productId),
  )
}
