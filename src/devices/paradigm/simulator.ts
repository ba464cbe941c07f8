/**
 * Paradigm pumps that are not there, with what they remember and the bridge in front of them. Used by tests, the bench and
 * "Try it without a device". The pump is `simulate/pump.ts`, the bridges `simulate/stick.ts` and `simulate/link.ts`.
 */
import type { DeviceTime } from '#records/time.ts'
import type { Scenario, Simulation } from '../driver.ts'
import { type Family, familyOf } from './decode/family.ts'
import { fewRecords } from './simulate/fewRecords.ts'
import { createLink } from './simulate/link.ts'
import { createPump, emptyPage, type PumpMemory, type PumpTroubles } from './simulate/pump.ts'
import { remember } from './simulate/memories.ts'
import { type Person, people } from './simulate/people.ts'
import { createStick } from './simulate/stick.ts'

type Memory = Omit<PumpMemory, 'serial'>

interface Loaded extends Scenario {
  readonly bridge: 'contour-next-link' | 'carelink-stick'
  readonly troubles?: PumpTroubles
  load(model: string, family: Family, now: DeviceTime): Memory
}

/** The first pump of each group. */
const pumpOf: Readonly<Record<string, string>> = {
  'paradigm-523-723': '523',
  'minimed-530g-551-751': '551',
  'paradigm-554-754': '554',
  'paradigm-522-722': '522',
  'paradigm-515-715': '515',
}

/** What this person's pump has in its memory, whichever of the group it is. */
const lifeOf =
  (person: Person): Loaded['load'] =>
  (_model, _family, now) =>
    remember(person, now).memory

const newPump: Loaded['load'] = (model, family, now) => ({
  ...fewRecords(model, family, now),
  history: [emptyPage()],
  historyCounter: 0,
})

const loaded: readonly Loaded[] = [
  {
    id: 'everyday',
    name: 'An everyday pump with a sensor',
    description: 'Three months of boluses, temporary rates, alarms and sensor glucose of a 723.',
    models: ['paradigm-523-723'],
    bridge: 'contour-next-link',
    load: lifeOf(people.everyday),
  },
  {
    id: 'older',
    name: 'An older pump with a sensor',
    description: 'Three months of a 522, whose basal rates follow from its programme.',
    models: ['paradigm-522-722'],
    bridge: 'contour-next-link',
    load: lifeOf(people.older),
  },
  {
    id: 'low-suspend',
    name: 'A pump that stops when glucose is low',
    description: 'Three months of a Veo 554 that shows mmol/L.',
    models: ['paradigm-554-754'],
    bridge: 'contour-next-link',
    load: lifeOf(people.lowSuspend),
  },
  {
    id: 'few-days',
    name: 'A pump of two days',
    description: 'A handful of boluses, a temporary basal rate and an alarm, read through the meter.',
    models: ['paradigm-523-723', 'minimed-530g-551-751', 'paradigm-554-754', 'paradigm-522-722'],
    bridge: 'contour-next-link',
    load: fewRecords,
  },
  {
    id: 'few-days-stick',
    name: 'A pump of two days, by the stick',
    description: 'A handful of boluses, a temporary basal rate and an alarm, as slowly as the stick asks for them.',
    models: ['paradigm-515-715'],
    bridge: 'carelink-stick',
    load: fewRecords,
  },
  {
    id: 'new',
    name: 'A new pump',
    description: 'Settings, but nothing delivered yet.',
    models: ['minimed-530g-551-751'],
    bridge: 'contour-next-link',
    load: newPump,
  },
  {
    id: 'bolus-running',
    name: 'A pump that is giving a bolus',
    description: 'It cannot be read now: the app says so, and the pump is left alone.',
    models: ['paradigm-523-723'],
    bridge: 'contour-next-link',
    troubles: { isBolusRunning: true },
    endsIn: 'bolus-running',
    load: fewRecords,
  },
]

/** Of six digits, as the radio has them; each memory is a pump of its own. */
const serialOf = (index: number): string => String(index + 1).padStart(6, '0')

export const simulation: Simulation = {
  scenarios: loaded.map(({ load: _, troubles: __, ...scenario }, i) => ({
    ...scenario,
    answers: { pumpSerial: serialOf(i) },
  })),
  create(modelId, scenarioId, now) {
    const index = loaded.findIndex(({ id }) => id === scenarioId)
    const scenario = loaded[index]
    const model = pumpOf[modelId]
    const family = familyOf(model ?? '')
    if (!scenario || !model || !family) throw new RangeError(`No simulated pump ${modelId} with ${scenarioId}`)
    const memory: PumpMemory = { ...scenario.load(model, family, now), serial: serialOf(index) }
    const pump = createPump(memory, scenario.troubles)
    return scenario.bridge === 'carelink-stick' ? createStick(pump) : createLink(pump)
  },
}
