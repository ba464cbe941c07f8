/**
 * Reading a device, one screen per state of `createReading`. The address holds the model (`?model=…`, and
 * `&scenario=…` when it is simulated), so that back leads to the list and a link leads straight to a device.
 */
import { useSearchParams } from '@solidjs/router'
import { createEffect, Match, on, onCleanup, Switch, untrack } from 'solid-js'
import type { Model } from '#devices/driver.ts'
import { allModels } from '#devices/registry.ts'
import type { Choice } from '#workers/api.ts'
import { readStateAt as at, type ReadState, type ReadTarget, useReading } from '../state/createReading.ts'
import { AllowScreen } from './read/AllowScreen.tsx'
import { ChooseScreen } from './read/ChooseScreen.tsx'
import { DoneScreen } from './read/DoneScreen.tsx'
import { FailedScreen } from './read/FailedScreen.tsx'
import { PrepareScreen } from './read/PrepareScreen.tsx'
import { ReadingScreen } from './read/ReadingScreen.tsx'

export interface ReadProps {
  /** All that the registry has, unless told. */
  readonly models?: readonly Model[]
}

export function Read(props: ReadProps) {
  const reading = useReading()
  const models = () => props.models ?? allModels
  const [query, setQuery] = useSearchParams()

  const target = (): ReadTarget | undefined => {
    const model = models().find(({ id }) => id === query['model'])
    const scenario = query['scenario']
    return model && { model, ...(typeof scenario === 'string' ? { scenarioId: scenario } : {}) }
  }
  // Coming to the page, and back and forward on it. A running read stays on the screen whatever the address says, and
  // so does one that ended while another page was looked at.
  const endedMeanwhile = hasEnded(reading.now())
  createEffect(
    on(
      () => [query['model'], query['scenario']],
      (_, before) => {
        if (before === undefined && endedMeanwhile) return
        const wanted = target()
        if (wanted) reading.prepare(wanted)
        else reading.chooseAnother()
      },
    ),
  )
  // What has ended was seen; the next visit begins at the list again.
  onCleanup(() => {
    if (hasEnded(reading.now())) reading.chooseAnother()
  })

  const choose = ({ model, scenarioId }: ReadTarget) => setQuery({ model: model.id, scenario: scenarioId })
  // Begins before the address follows, so that the address finds it running and leaves it alone.
  const readAlso = (model: Model) => {
    void reading.readAlso(model)
    setQuery({ model: model.id, scenario: undefined })
  }
  const toList = () => {
    reading.chooseAnother()
    setQuery({ model: undefined, scenario: undefined })
  }

  return (
    <Switch>
      <Match when={at(reading.now(), 'choose')}>
        <ChooseScreen models={models()} onChoose={choose} />
      </Match>
      {/* Anew for each target: what was typed for one device is not meant for another. */}
      <Match when={at(reading.now(), 'prepare')} keyed>
        {({ target }) => <PrepareScreen target={target} onProceed={reading.proceed} onBack={toList} />}
      </Match>
      <Match when={at(reading.now(), 'allow')}>
        {state => <AllowScreen state={state()} onAllow={reading.allow} onBack={toList} />}
      </Match>
      <Match when={at(reading.now(), 'reading')}>
        {state => <ReadingScreen state={state()} onCancel={reading.cancel} />}
      </Match>
      <Match when={at(reading.now(), 'done')}>
        {state => (
          <DoneScreen
            state={state()}
            models={models()}
            onAgain={reading.proceed}
            onAlso={readAlso}
            onAnother={toList}
          />
        )}
      </Match>
      <Match when={at(reading.now(), 'failed')}>
        {state => (
          <FailedScreen
            state={state()}
            onAgain={reading.proceed}
            onPrepare={() => reading.prepare(untrack(state).target)}
            onOtherWay={transport => reading.proceed({ ...choiceOf(untrack(state).target), transport })}
            onAnother={toList}
            supportReport={reading.supportReport}
          />
        )}
      </Match>
    </Switch>
  )
}

const choiceOf = ({ model: _, scenarioId: __, ...choice }: ReadTarget): Choice => choice

const hasEnded = ({ step }: ReadState): boolean => step === 'done' || step === 'failed'
