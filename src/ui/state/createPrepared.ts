/**
 * What the person says before a read: which bridge is at hand, and the answers to the model's questions. What was said
 * before is there already; what is said now wins.
 */
import { createSignal } from 'solid-js'
import { isAnswer } from '#devices/answers.ts'
import type { Bridge, Question } from '#devices/driver.ts'
import type { Choice } from '#workers/api.ts'
import { useApi } from './api.ts'
import { createAnswer } from './createAnswer.ts'
import { usableConnections } from './createPermission.ts'
import type { ReadTarget } from './createReading.ts'

export interface Prepared {
  /** The chosen one; undefined while none is, and for models without. */
  readonly bridge: () => Bridge | undefined
  readonly chooseBridge: (id: string) => void
  /** True when the person went on without choosing. */
  readonly bridgeMissing: () => boolean
  /** This browser has a way to it. */
  readonly isUsable: (bridge: Bridge) => boolean
  readonly answer: (questionId: string) => string
  /** Newest first. */
  readonly remembered: (questionId: string) => readonly string[]
  readonly type: (questionId: string, text: string) => void
  /** The person has finished with the field. */
  readonly leave: (questionId: string) => void
  /** What is wrong with the answer, once the person has finished with it. */
  readonly problem: (question: Question) => string | undefined
  /** All that was said; undefined when something is missing, which then says so. */
  readonly finish: () => Choice | undefined
}

export function createPrepared(target: () => ReadTarget): Prepared {
  const api = useApi()
  const kept = createAnswer(() => {
    const { model, scenarioId } = target()
    return scenarioId === undefined && (model.bridges || model.questions) ? api.data.choices(model.id) : undefined
  })
  const [chosen, setChosen] = createSignal<string>()
  const [typed, setTyped] = createSignal<Readonly<Record<string, string>>>({})
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  const [wentOn, setWentOn] = createSignal(false)

  const bridges = () => target().model.bridges ?? []
  const questions = () => target().model.questions ?? []
  const isUsable = ({ id }: Bridge) => usableConnections({ model: target().model, bridge: id }).length > 0
  const bridge = () => {
    const usable = bridges().filter(isUsable)
    const wanted = chosen() ?? target().bridge ?? kept.value()?.bridge
    // Nobody needs to choose from one.
    return usable.find(({ id }) => id === wanted) ?? (usable.length === 1 ? usable[0] : undefined)
  }
  const bridgeMissing = () => bridges().length > 0 && bridge() === undefined
  const remembered = (id: string) => kept.value()?.answers[id] ?? []
  const answer = (id: string) => typed()[id] ?? target().answers?.[id] ?? remembered(id)[0] ?? ''
  const transport = () => {
    const wanted = target().transport ?? kept.value()?.transport
    if (wanted === undefined) return undefined
    const { id } = bridge() ?? {}
    const way = { model: target().model, transport: wanted, ...(id === undefined ? {} : { bridge: id }) }
    return usableConnections(way).length > 0 ? wanted : undefined
  }

  return {
    bridge,
    chooseBridge: setChosen,
    bridgeMissing: () => wentOn() && bridgeMissing(),
    isUsable,
    answer,
    remembered,
    type: (id, text) => setTyped(before => ({ ...before, [id]: text })),
    leave: id => setLeft(before => new Set([...before, id])),
    problem: question => {
      const isFinished = wentOn() || left().has(question.id)
      return isFinished && !isAnswer(question, answer(question.id)) ? question.problem : undefined
    },
    finish: () => {
      setWentOn(true)
      const isWhole = !bridgeMissing() && questions().every(question => isAnswer(question, answer(question.id)))
      if (!isWhole) return undefined
      const { id } = bridge() ?? {}
      const way = transport()
      const answers = Object.fromEntries(questions().map(question => [question.id, answer(question.id).trim()]))
      return {
        ...(id === undefined ? {} : { bridge: id }),
        ...(way === undefined ? {} : { transport: way }),
        ...(questions().length > 0 ? { answers } : {}),
      }
    },
  }
}
