/**
 * Which simulated devices there are and the way to each: data for whoever plugs a scenario in (app, command line, bench,
 * tests).
 */
import type { Connection, Model, Scenario } from './driver.ts'

/** True when this model can have the scenario's memory. */
export const isScenarioOf = ({ id }: Pick<Model, 'id'>, { models }: Pick<Scenario, 'models'>): boolean =>
  models?.includes(id) ?? true

/** The connection that a scenario of this model stands for. Throws RangeError when the model has none such. */
export function connectionOf({ id, connections }: Model, scenario?: Pick<Scenario, 'bridge'>): Connection {
  const bridge = scenario?.bridge
  const found = connections.find(connection => bridge === undefined || connection.bridge === bridge)
  if (!found) throw new RangeError(`${id} has no connection by ${bridge ?? 'anything'}`)
  return found
}
