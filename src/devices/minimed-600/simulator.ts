/**
 * Simulated pumps of the 600 series behind simulated link meters: what "Try it without a device", the tests and the bench
 * plug in. The wire is `simulate/linkMeter.ts`, the pump `simulate/pump.ts`, its memory `simulate/memory.ts`.
 * Source: minimed-600 sheet §22.
 */
import { bytesFromHex } from '#bytes/hex.ts'
import { type DeviceTime, HOUR_MS, isoFromDeviceTime, shifted } from '#records/time.ts'
import type { Scenario, Simulation } from '../driver.ts'
import { models } from './models.ts'
import { type AirFault, createLinkMeter, type LinkMeterOptions, type SimulatedLinkMeter } from './simulate/linkMeter.ts'
import { createMemory } from './simulate/memory.ts'
import { createPump, type PumpMemory, type PumpOptions } from './simulate/pump.ts'
import { shortMemory } from './simulate/short.ts'
import { macOfSerial } from './talk/linkKey.ts'

/** Which pump and meter a memory is for. */
export interface Pair {
  /** `NG0000111H`. */
  readonly pumpSerial: string
  /** Seven digits. */
  readonly meterNumber: string
  readonly modelNumber: string
}

interface Loaded extends Scenario {
  readonly load: (pair: Pair, now: DeviceTime) => PumpMemory
  readonly meter?: Partial<LinkMeterOptions>
  readonly isOutOfRange?: boolean
  readonly isUnpaired?: boolean
  readonly refusals?: PumpOptions['refusals']
}

const KEY = bytesFromHex('5ba5a11111111111111111111111ba5a')
/** Neither the first that is tried nor the last. */
const CHANNEL = 0x0e
const EVERYDAY_DAYS = 90
/** Its first command but one is the question for the status. */
const STATUS_COMMAND = 2
const ALARM_WAITING = 0x07

/** By model; of a 620G none is public. */
const modelNumbers: Readonly<Record<string, string>> = {
  'minimed-640g': 'MMT-1712',
  'minimed-630g': 'MMT-1715',
  'minimed-670g': 'MMT-1780',
}

const loaded: readonly Loaded[] = [
  {
    id: 'everyday',
    name: 'An everyday pump',
    description:
      '90 days with meals, corrections, temporary rates, a sensor that suspends before lows, alarms, a changed clock.',
    models: ['minimed-640g'],
    load: (pair, now) => memoryOf(pair, now, EVERYDAY_DAYS),
  },
  {
    id: 'fortnight',
    name: 'Two weeks of a pump',
    description: 'Meals, corrections, temporary rates, a sensor that suspends before lows, alarms.',
    models: ['minimed-630g', 'minimed-620g', 'minimed-670g'],
    load: (pair, now) => memoryOf(pair, now, 14),
  },
  {
    id: 'short',
    name: 'A new pump',
    description: 'Its first two days.',
    load: newPump,
  },
  {
    id: 'lossy',
    name: 'A bad radio',
    description: 'A week, of which every eleventh radio message is lost, doubled or damaged and asked for again.',
    load: (pair, now) => memoryOf(pair, now, 7),
    meter: { airFault },
  },
  {
    id: 'alarm',
    name: 'An alarm waits on the pump',
    description: 'Until it is cleared there, the pump tells nothing.',
    load: newPump,
    refusals: new Map([[STATUS_COMMAND, ALARM_WAITING]]),
    endsIn: 'alarm-waiting',
  },
  {
    id: 'out-of-range',
    name: 'The pump is too far away',
    description: 'The meter answers, the pump is on none of the five channels.',
    load: newPump,
    isOutOfRange: true,
    endsIn: 'out-of-range',
  },
  {
    id: 'not-paired',
    name: 'A meter without a pump',
    description: 'It was never linked.',
    load: newPump,
    isUnpaired: true,
    endsIn: 'not-paired',
  },
]

export const simulation = {
  scenarios: loaded.map(({ id, name, description, models: having, endsIn }) => ({
    ...{ id, name, description },
    ...(having && { models: having }),
    ...(endsIn && { endsIn }),
  })),
  create: createPair,
} satisfies Simulation

/** A fresh meter with its pump, as {@link Simulation.create}. */
export function createPair(modelId: string, scenarioId: string, now: DeviceTime): SimulatedLinkMeter {
  const index = loaded.findIndex(({ id }) => id === scenarioId)
  const scenario = loaded[index]
  if (!scenario || !models.some(({ id }) => id === modelId))
    throw new RangeError(`No simulated pump ${modelId} with ${scenarioId}`)
  // Each memory is a pump of its own, so that trying two of them does not mix them. Models differ in their name only.
  const pair = {
    pumpSerial: `NG0000${index + 1}01H`,
    meterNumber: `0000${index + 1}01`,
    modelNumber: modelNumbers[modelId] ?? '',
  }
  const { load, meter, isOutOfRange = false, isUnpaired = false, refusals } = scenario
  const pump = createPump({ memory: load(pair, now), ...(refusals && { refusals }) })
  return plugIn(pair, now, {
    ...meter,
    ...(!isUnpaired && {
      linked: { mac: addressOf(pair.pumpSerial), key: KEY, channel: CHANNEL, pump, outOfRange: isOutOfRange },
    }),
  })
}

/** A link meter of this number, with three results of its own. */
export function plugIn(
  { meterNumber }: Pick<Pair, 'meterNumber'>,
  now: DeviceTime,
  options: Partial<LinkMeterOptions>,
): SimulatedLinkMeter {
  const rfSerial = `BG${meterNumber}B`
  const results = [118, 96, 154].map(
    (value, i) => `R|${i + 1}|^^^Glucose|${value}|mg/dL^P||M0/T1||${wireTime(shifted(now, (i - 3) * HOUR_MS))}`,
  )
  return createLinkMeter({
    serial: `6213-${meterNumber}`,
    rfSerial,
    mac: addressOf(rfSerial),
    clock: wireTime(now),
    results,
    ...options,
  })
}

function memoryOf(pair: Pair, now: DeviceTime, days: number): PumpMemory {
  return createMemory({ ...optionsOf(pair, now), seed: 600, days }).memory
}

function newPump(pair: Pair, now: DeviceTime): PumpMemory {
  return shortMemory(optionsOf(pair, now))
}

const optionsOf = ({ pumpSerial, meterNumber, modelNumber }: Pair, now: DeviceTime) => ({
  now,
  modelNumber,
  serial: pumpSerial,
  mac: addressOf(pumpSerial),
  meterSerial: `BG${meterNumber}B`,
})

const addressOf = (serial: string): Uint8Array => macOfSerial(serial) ?? new Uint8Array(8)

/** 14 digits. */
const wireTime = (time: DeviceTime): string => isoFromDeviceTime(time).replace(/\D/g, '')

const faults: readonly AirFault[] = ['lose', 'twice', 'damage', 'late', 'dropped']

/** Once the settings are here, so that the loss is made good by the transfer and not by asking again. */
function airFault(packet: number): AirFault | undefined {
  return packet > 40 && packet % 11 === 0 ? faults[(packet / 11) % faults.length] : undefined
}
