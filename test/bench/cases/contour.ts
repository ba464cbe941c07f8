/** Contour meters for the bench: their USB side, and memories whose contents are known without reading them. */
import { createMeter } from '#devices/contour/simulator.ts'
import { dailyResults } from '#devices/contour/memories.ts'
import { models } from '#devices/contour/models.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Simulator } from '#devices/driver.ts'
import { hid } from '../personalities.ts'
import type { Subject } from './subject.ts'

export interface MeterOptions {
  /** Of `contour/models.ts`; Contour NEXT LINK 2.4 when absent. */
  readonly modelId?: string
  /** How many results it remembers. */
  readonly count: number
  /** What the simulator is put through before it is used. */
  readonly through?: (simulator: Simulator) => Simulator
}

let meters = 0

/** A meter with `count` results, the last of them today, and a serial number that no other has. */
export function contour({
  modelId = 'contour-next-link-24',
  count,
  through = simulator => simulator,
}: MeterOptions): Subject {
  const model = models.find(({ id }) => id === modelId)
  const connection = model?.connections[0]
  if (!model || !connection) throw new Error(`no model ${modelId}`)
  const clock = (Date.now() - new Date().getTimezoneOffset() * 60_000) as DeviceTime // The wall clock, as ms.
  const results = dailyResults(clock, Math.ceil(count / 4) + 2, 'mg/dL').slice(-count)
  const serial = `${model.products[0]}-BENCH${++meters}`
  return {
    model,
    connection,
    personality: hid({ ...connection, product: model.name, serial }),
    simulator: through(createMeter({ model, serial, clock, units: 'mg/dL', results })),
    serial,
    values: results.map(({ time, value }) => ({ kind: 'smbg', time, value: Number(value), units: 'mg/dL' })),
    // A result takes a report from the computer and one or two from the meter.
    middle: 2 * count,
  }
}
