/**
 * Reading a device as a small state machine, one screen per state:
 * choose → prepare → allow → reading → done or failed. It lives above the pages, so a read goes on while the person
 * looks at another page, and a new version waits until it has ended.
 */
import { proxy } from 'comlink'
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'
import type { Bridge, Model } from '#devices/driver.ts'
import type { Choice, PortChoice, ReadProgress, ReadReport } from '#workers/api.ts'
import { type Failure, failureFrom, type Outcome } from '#workers/outcome.ts'
import { newReadId } from '#records/readId.ts'
import type { Api } from './api.ts'
import { askForDevice, type RealChoice, type Transport, usableConnections, type Wanted } from './createPermission.ts'
import { askToKeepStorage } from './keepStorage.ts'
import { markWhileReading } from './readMarker.ts'

/**
 * What is to be read: a model, with a scenario when it is simulated, else with what the person said of the way to it
 * and answered to its questions.
 */
export interface ReadTarget extends Choice {
  readonly model: Model
  readonly scenarioId?: string
}

export type ReadState =
  | { readonly step: 'choose' }
  | { readonly step: 'prepare'; readonly target: ReadTarget }
  | {
      readonly step: 'allow'
      readonly target: ReadTarget
      /** The browser's window is open. */
      readonly asking: boolean
      readonly nothingChosen: boolean
    }
  | {
      readonly step: 'reading'
      readonly target: ReadTarget
      readonly progress: ReadProgress
      /** When the counting began and what was done then; for the time left. */
      readonly counting?: { readonly sinceMs: number; readonly doneThen: number }
      /** The last counting, which saving does not wipe out. */
      readonly reached?: ReadProgress
      readonly cancelling: boolean
    }
  | {
      readonly step: 'done'
      readonly target: ReadTarget
      readonly report: ReadReport
      /** The browser would not promise to keep the data. */
      readonly notKept: boolean
      /** What was read, for whatever else is behind the same plug. */
      readonly choice: PortChoice
      /** How far the counting had come at the end. */
      readonly reached?: ReadProgress
    }
  | { readonly step: 'failed'; readonly target: ReadTarget; readonly failure: Failure }

/** The bridge that the person has at hand. */
export const bridgeOf = ({ model, bridge }: ReadTarget): Bridge | undefined =>
  model.bridges?.find(({ id }) => id === bridge)

export type StateAt<Step extends ReadState['step']> = Extract<ReadState, { readonly step: Step }>

/** The state if it is at this step, with its own type. */
export function readStateAt<Step extends ReadState['step']>(state: ReadState, step: Step): StateAt<Step> | undefined {
  // The comparison guarantees the member of the union.
  return state.step === step ? (state as StateAt<Step>) : undefined
}

export interface Reading {
  readonly now: Accessor<ReadState>
  /** Back to the list; does nothing while a read runs. */
  readonly chooseAnother: () => void
  readonly prepare: (target: ReadTarget) => void
  /** From prepare, or again: reads at once when nothing has to be allowed, else goes to allow. */
  readonly proceed: (choice?: Choice) => Promise<void>
  /** From allow, inside a click: opens the browser's chooser, for another kind of way if so given, then reads. */
  readonly allow: (transport?: Transport) => Promise<void>
  /** From done: reads what else is behind the plug that was just read through. */
  readonly readAlso: (model: Model) => Promise<void>
  readonly cancel: () => Promise<void>
  /** The failure of a failed read as text for support. */
  readonly supportReport: () => Promise<string>
}

export interface ReadingBrowser {
  askForDevice(wanted: Wanted): Promise<Outcome<RealChoice>>
  askToKeepStorage(): Promise<boolean>
  nowMs(): number
}

const realBrowser: ReadingBrowser = { askForDevice, askToKeepStorage, nowMs: () => Date.now() }

export const ReadingContext = createContext<Reading>()
export function useReading(): Reading {
  const reading = useContext(ReadingContext)
  if (!reading) throw new Error('useReading needs a ReadingContext.Provider above it')
  return reading
}

export function createReading(api: Api, browser: ReadingBrowser = realBrowser): Reading {
  const [now, setNow] = createSignal<ReadState>({ step: 'choose' })

  const read = async (wanted: ReadTarget, choice: PortChoice) => {
    const target = choice.transport === 'simulated' ? wanted : { ...wanted, transport: choice.transport }
    setNow({ step: 'reading', target, progress: { stage: 'opening', done: 0, unit: '' }, cancelling: false })
    const readId = newReadId()
    const running = outcomeOfRead(api.device.read(choice, proxy(onProgress), readId))
    void markWhileReading({ readId, startedAt: browser.nowMs(), title: target.model.name }, running)
    const outcome = await running
    if (!outcome.ok) {
      setNow({ step: 'failed', target, failure: outcome.failure })
      return
    }
    const { reached } = readStateAt(now(), 'reading') ?? {}
    // Only what has led to a device is worth offering again.
    if (choice.transport !== 'simulated') remember(target)
    const kept = choice.transport === 'simulated' || (await browser.askToKeepStorage().catch(() => false))
    setNow({ step: 'done', target, report: outcome.value, notKept: !kept, choice, ...(reached ? { reached } : {}) })
  }

  /** To be offered next time; a read does not fail for it. */
  const remember = ({ model, bridge, transport, answers }: ReadTarget) => {
    if (!model.bridges && !model.questions) return
    const choice = { ...(bridge && { bridge }), ...(transport && { transport }), ...(answers && { answers }) }
    api.data.rememberChoice(model.id, choice).catch(() => undefined)
  }

  const onProgress = (progress: ReadProgress) => {
    const state = now()
    if (state.step !== 'reading') return
    const isCounting = progress.stage === 'reading'
    const counting =
      isCounting && !state.counting ? { sinceMs: browser.nowMs(), doneThen: progress.done } : state.counting
    const reached = isCounting ? progress : state.reached
    setNow({ ...state, progress, ...(counting ? { counting } : {}), ...(reached ? { reached } : {}) })
  }

  return {
    now,
    chooseAnother: () => {
      if (now().step !== 'reading') setNow({ step: 'choose' })
    },
    prepare: target => {
      if (now().step !== 'reading') setNow({ step: 'prepare', target })
    },
    proceed: async choice => {
      const state = now()
      if (state.step !== 'prepare' && state.step !== 'failed' && state.step !== 'done') return
      // A choice replaces the whole of an earlier one: another bridge has other ways.
      const { transport: _, ...same } = state.target
      const target: ReadTarget = choice ? { ...same, ...choice } : state.target
      const { model, scenarioId } = target
      if (scenarioId !== undefined) {
        await read(target, { transport: 'simulated', modelId: model.id, scenarioId })
        return
      }
      const permitted = await permittedChoice(api, target)
      if (now() !== state) return
      if (permitted) await read(target, permitted)
      else setNow({ step: 'allow', target, asking: false, nothingChosen: false })
    },
    allow: async transport => {
      const state = now()
      if (state.step !== 'allow' || state.asking) return
      const target = { ...state.target, ...(transport ? { transport } : {}) }
      const asking = { ...state, target, asking: true, nothingChosen: false }
      setNow(asking)
      const chosen = await browser.askForDevice(target)
      if (now() !== asking) return
      if (chosen.ok) await read(target, withAnswers(target, chosen.value))
      else if (chosen.failure.code === 'no-device-chosen') setNow({ ...asking, asking: false, nothingChosen: true })
      else setNow({ step: 'failed', target, failure: chosen.failure })
    },
    readAlso: async model => {
      const state = now()
      if (state.step !== 'done' || state.choice.transport === 'simulated') return
      const { transport, vendorId, productId } = state.choice
      await read({ model }, { transport, modelId: model.id, vendorId, productId })
    },
    cancel: async () => {
      const state = now()
      if (state.step !== 'reading' || state.cancelling) return
      setNow({ ...state, cancelling: true })
      await api.device.cancel()
    },
    supportReport: async () => {
      const state = now()
      const conversation = await api.device.lastConversation().catch(error => `not available: ${String(error)}`)
      return supportText(state, conversation)
    },
  }
}

async function outcomeOfRead(reading: Promise<Outcome<ReadReport>>): Promise<Outcome<ReadReport>> {
  try {
    return await reading
  } catch (error) {
    return { ok: false, failure: failureFrom(error) }
  }
}

/** The device if it is plugged in and already allowed; any trouble in asking means: let the person choose. */
async function permittedChoice(api: Api, target: ReadTarget): Promise<RealChoice | undefined> {
  const permitted = await api.device.permitted().catch(() => undefined)
  if (!permitted?.ok) return undefined
  const found = usableConnections(target)
    .flatMap(way => permitted.value.filter(choice => choice.modelId === target.model.id && isSameWay(choice, way)))
    .at(0)
  return found && withAnswers(target, found)
}

const isSameWay = (one: RealChoice, other: Omit<RealChoice, 'modelId'>): boolean =>
  one.transport === other.transport && one.vendorId === other.vendorId && one.productId === other.productId

const withAnswers = ({ bridge, answers }: ReadTarget, choice: RealChoice): RealChoice => ({
  ...choice,
  ...(bridge === undefined ? {} : { bridge }),
  ...(answers === undefined ? {} : { answers }),
})

/** For the person to send to us if they wish; nothing is sent by itself. */
function supportText(state: ReadState, conversation: string): string {
  const failure = state.step === 'failed' ? state.failure : undefined
  const target = 'target' in state ? state.target : undefined
  const lines = [
    'Basalt: report of a read',
    `Time: ${new Date().toISOString()}`,
    `Browser: ${navigator.userAgent}`,
    `Device: ${target?.model.id ?? 'none'}`,
    `Way: ${[target?.bridge, target?.transport].filter(Boolean).join(', ') || 'none'}`,
    `Simulated: ${target?.scenarioId ?? 'no'}`,
    `Code: ${failure?.code ?? 'none'}`,
    `Step: ${failure?.step ?? 'none'}`,
    `Detail: ${failure?.detail ?? 'none'}`,
    '',
    'What was said on the wire:',
    conversation || '(nothing)',
  ]
  return `${lines.join('\n')}\n`
}
