/**
 * Reading a device as a small state machine, one screen per state:
 * choose → prepare → allow → reading → done or failed. It lives above the pages, so a read goes on while the person
 * looks at another page, and a new version waits until it has ended.
 */
import { proxy } from 'comlink'
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'
import type { Model } from '#devices/driver.ts'
import type { PortChoice, ReadProgress, ReadReport } from '#workers/api.ts'
import { type Failure, failureFrom, type Outcome } from '#workers/outcome.ts'
import type { Api } from './api.ts'
import { askForDevice, type RealChoice } from './createPermission.ts'
import { askToKeepStorage } from './keepStorage.ts'
import { clearReadMark, markReadStarted } from './readMarker.ts'

/** What is to be read: a model, with a scenario when it is simulated. */
export interface ReadTarget {
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
      readonly cancelling: boolean
    }
  | {
      readonly step: 'done'
      readonly target: ReadTarget
      readonly report: ReadReport
      /** The browser would not promise to keep the data. */
      readonly notKept: boolean
    }
  | { readonly step: 'failed'; readonly target: ReadTarget; readonly failure: Failure }

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
  /** From prepare: reads at once when nothing has to be allowed, else goes to allow. */
  readonly proceed: () => Promise<void>
  /** From allow, inside a click: opens the browser's chooser, then reads. */
  readonly allow: () => Promise<void>
  readonly cancel: () => Promise<void>
  /** The failure of a failed read as text for support. */
  readonly supportReport: () => Promise<string>
}

export interface ReadingBrowser {
  askForDevice(model: Model): Promise<Outcome<RealChoice>>
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

  const read = async (target: ReadTarget, choice: PortChoice) => {
    setNow({ step: 'reading', target, progress: { stage: 'opening', done: 0, unit: '' }, cancelling: false })
    markReadStarted(browser.nowMs())
    const outcome = await outcomeOfRead(api.device.read(choice, proxy(onProgress)))
    clearReadMark()
    if (!outcome.ok) {
      setNow({ step: 'failed', target, failure: outcome.failure })
      return
    }
    const kept = choice.transport === 'simulated' || (await browser.askToKeepStorage().catch(() => false))
    setNow({ step: 'done', target, report: outcome.value, notKept: !kept })
  }

  const onProgress = (progress: ReadProgress) => {
    const state = now()
    if (state.step !== 'reading') return
    const begins = progress.stage === 'reading' && !state.counting
    const counting = begins ? { sinceMs: browser.nowMs(), doneThen: progress.done } : state.counting
    setNow({ ...state, progress, ...(counting ? { counting } : {}) })
  }

  return {
    now,
    chooseAnother: () => {
      if (now().step !== 'reading') setNow({ step: 'choose' })
    },
    prepare: target => {
      if (now().step !== 'reading') setNow({ step: 'prepare', target })
    },
    proceed: async () => {
      const state = now()
      if (state.step !== 'prepare' && state.step !== 'failed' && state.step !== 'done') return
      const { model, scenarioId } = state.target
      if (scenarioId !== undefined) {
        await read(state.target, { transport: 'simulated', modelId: model.id, scenarioId })
        return
      }
      const permitted = await permittedChoice(api, model)
      if (now() !== state) return
      if (permitted) await read(state.target, permitted)
      else setNow({ step: 'allow', target: state.target, asking: false, nothingChosen: false })
    },
    allow: async () => {
      const state = now()
      if (state.step !== 'allow' || state.asking) return
      const asking = { ...state, asking: true, nothingChosen: false }
      setNow(asking)
      const chosen = await browser.askForDevice(state.target.model)
      if (now() !== asking) return
      if (chosen.ok) await read(state.target, chosen.value)
      else if (chosen.failure.code === 'no-device-chosen') setNow({ ...asking, asking: false, nothingChosen: true })
      else setNow({ step: 'failed', target: state.target, failure: chosen.failure })
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
async function permittedChoice(api: Api, model: Model): Promise<RealChoice | undefined> {
  const permitted = await api.device.permitted().catch(() => undefined)
  return permitted?.ok ? permitted.value.find(choice => choice.modelId === model.id) : undefined
}

/** For the person to send to us if they wish; nothing is sent by itself. */
function supportText(state: ReadState, conversation: string): string {
  const failure = state.step === 'failed' ? state.failure : undefined
  const lines = [
    'Basalt: report of a read',
    `Time: ${new Date().toISOString()}`,
    `Browser: ${navigator.userAgent}`,
    `Device: ${'target' in state ? state.target.model.id : 'none'}`,
    `Simulated: ${'target' in state && state.target.scenarioId !== undefined ? state.target.scenarioId : 'no'}`,
    `Code: ${failure?.code ?? 'none'}`,
    `Step: ${failure?.step ?? 'none'}`,
    `Detail: ${failure?.detail ?? 'none'}`,
    '',
    'What was said on the wire:',
    conversation || '(nothing)',
  ]
  return `${lines.join('\n')}\n`
}
