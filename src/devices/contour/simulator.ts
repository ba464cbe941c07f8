/**
 * A Contour meter that is not there: the meter's side of the wire, report by report. A state machine without timers
 * or chance. Used by tests, the bench and "Try it without a device". Source: contour sheet §1 to §5.
 *
 * It shares `frame.ts` and `astm.ts` with the driver; that is safe because captured messages pin those two
 * (`test/devices/contour/vectors.test.ts`).
 */
import { type DeviceTime, shifted, DAY_MS } from '#records/time.ts'
import type { GlucoseUnits } from '#records/units.ts'
import type { Scenario, Simulation, Simulator } from '../driver.ts'
import { buildFrame, Control } from '../shared/astm.ts'
import { buildReports, REPORT_BYTES } from '../shared/contourReports.ts'
import { dailyResults, type StoredResult, wireTime } from './memories.ts'
import { type ContourModel, models } from './models.ts'

const { ACK, NAK, EOT, ENQ, ETB, ETX } = Control
const LETTER_X = 0x58

export interface Meter {
  readonly model: ContourModel
  readonly serial: string
  /** The meter's clock. */
  readonly clock: DeviceTime
  readonly units: GlucoseUnits
  /** Oldest first. */
  readonly results: readonly StoredResult[]
  /** An earlier program broke off and left the meter in remote command mode (sheet §7). */
  readonly inRemoteMode?: boolean
  /** The count in the header; the true one when absent. */
  readonly claimedResults?: number
}

/** The meter's side of the wire. */
export function createMeter(meter: Meter): Simulator {
  const messages = messagesOf(meter)
  /** Index of the message sent last; `messages.length` after the last one. */
  let sent: number | undefined
  let remote = meter.inRemoteMode === true

  const send = (index: number): readonly Uint8Array[] => {
    sent = index
    return buildReports(messages[index] ?? Uint8Array.of(EOT))
  }
  const control = (...bytes: number[]): readonly Uint8Array[] => buildReports(Uint8Array.from(bytes))

  function answer(command: number | undefined): readonly Uint8Array[] {
    if (remote) {
      if (command !== EOT) return control(NAK)
      remote = false
      sent = undefined
      return control(ENQ)
    }
    switch (command) {
      case LETTER_X:
        return meter.model.linksToPump ? send(0) : control(NAK)
      case EOT:
        if (meter.model.linksToPump) return send(0)
        sent = undefined
        return control(EOT, ENQ)
      case ACK: {
        const next = sent === undefined ? 0 : sent + 1
        if (next <= messages.length) return send(next)
        sent = undefined
        return send(0)
      }
      case NAK:
        return sent === undefined || sent >= messages.length ? control(EOT) : send(sent)
      default:
        return control(NAK)
    }
  }

  return { receive: packet => (isReport(packet) ? answer(packet[4]) : []) }
}

/** A report from the computer begins with ABC or three zeros and carries one character. */
function isReport(packet: Uint8Array): boolean {
  const mark = packet.subarray(0, 3).join()
  return packet.length === REPORT_BYTES && (mark === '65,66,67' || mark === '0,0,0') && packet[3] === 1
}

/** All that the meter sends, one message a frame; frame numbers run 1 to 7, 0, 1 …. */
function messagesOf(meter: Meter): readonly Uint8Array[] {
  const { model, units, results } = meter
  const records = [
    headerText(meter),
    'P|1',
    'O|1',
    ...results.map(({ time, value, flags }, i) => {
      const at = wireTime(time, model.hasSeconds)
      return `R|${i + 1}|^^^Glucose|${value}|${units}^P||${onWire(flags, model)}||${at}`
    }),
    'L|1||N',
  ]
  return records.map((text, i) => {
    const frame = buildFrame((i + 1) % 8, text, i === records.length - 1 ? ETX : ETB)
    // Real meters put EOT before the header and ENQ behind it.
    return i === 0 ? Uint8Array.of(EOT, ...frame, ENQ) : frame
  })
}

/** Link meters add two flags of unknown meaning to each result. */
const onWire = (flags: string, model: ContourModel): string =>
  model.linksToPump ? [flags, 'M0', 'T1'].filter(flag => flag !== '').join('/') : flags

function headerText({ model, serial, clock, units, results, claimedResults }: Meter): string {
  const sender = [`Contour${model.products[0]}`, '01.20\\01.04\\04.02.19', serial, '0000-']
  if (model.linksToPump) sender.push('BGSIM0001B')
  const limits = '070070070070180130180250'
  const info = `A=1^C=63^G=1^I=0200^R=0^S=1^U=${units === 'mg/dL' ? 0 : 1}^V=20600^X=${limits}^Y=360126099050099050300089^Z=1`
  const count = claimedResults ?? results.length
  return `H|\\^&||SIMPWD|${sender.join('^')}|${info}|${count}|||||P|1|${wireTime(clock, model.hasSeconds)}`
}

interface Loaded extends Scenario {
  load(now: DeviceTime, model: ContourModel): Pick<Meter, 'clock' | 'units' | 'results'>
}

const loaded: readonly Loaded[] = [
  {
    id: 'everyday',
    name: 'An everyday meter',
    description: '90 days with about five results a day, meal marks, control tests, LO and HI.',
    load: now => ({ clock: now, units: 'mg/dL', results: dailyResults(now, 90, 'mg/dL') }),
  },
  {
    id: 'mmol',
    name: 'A meter that shows mmol/L',
    description: 'Two weeks of results in mmol/L.',
    load: now => ({ clock: now, units: 'mmol/L', results: dailyResults(now, 14, 'mmol/L') }),
  },
  {
    id: 'day-behind',
    name: 'A meter whose clock is a day behind',
    description: 'Three days of results, all a day earlier than they were.',
    load(now) {
      const clock = shifted(now, -DAY_MS)
      return { clock, units: 'mg/dL', results: dailyResults(clock, 3, 'mg/dL') }
    },
  },
  {
    id: 'full',
    name: 'A full memory',
    description: 'As many results as the meter holds, up to 2,000.',
    load(now, { capacity = 2000 }) {
      return { clock: now, units: 'mg/dL', results: dailyResults(now, 500, 'mg/dL').slice(-capacity) }
    },
  },
  {
    id: 'empty',
    name: 'A new meter',
    description: 'No result yet.',
    load: now => ({ clock: now, units: 'mg/dL', results: [] }),
  },
]

export const simulation: Simulation = {
  scenarios: loaded.map(({ id, name, description }) => ({ id, name, description })),
  create(modelId, scenarioId, now) {
    const model = models.find(({ id }) => id === modelId)
    const index = loaded.findIndex(({ id }) => id === scenarioId)
    const scenario = loaded[index]
    if (!model || !scenario) throw new RangeError(`No simulated meter ${modelId} with ${scenarioId}`)
    // Each memory is a meter of its own, so that trying two of them does not mix their results.
    return createMeter({ model, serial: `SIM${model.products[0]}-${index + 1}`, ...scenario.load(now, model) })
  },
}
