import { expect, it } from 'vitest'
import { connectionOf, isScenarioOf } from '#devices/connectionOf.ts'
import type { Model } from '#devices/driver.ts'

const bridge = (id: string) => ({ id, name: id, preparation: [], cautions: [] })
const model: Model = {
  id: 'pump-1',
  name: 'Pump 1',
  manufacturer: 'Example',
  kind: 'pump',
  connections: [
    { transport: 'hid', vendorId: 1, productId: 2, bridge: 'link' },
    { transport: 'usb', vendorId: 3, productId: 4, bridge: 'stick' },
  ],
  bridges: [bridge('link'), bridge('stick')],
  standing: 'experimental',
  preparation: ['Put it beside the computer.'],
  drawing: 'pump',
}

it('takes a scenario’s own bridge, else the first connection', () => {
  expect(connectionOf(model, { bridge: 'stick' })).toMatchObject({ transport: 'usb' })
  expect(connectionOf(model, {})).toMatchObject({ transport: 'hid' })
  expect(connectionOf(model)).toMatchObject({ transport: 'hid' })
  expect(() => connectionOf(model, { bridge: 'cloud' })).toThrow(RangeError)
})

it('gives a scenario to the models that it names, else to all', () => {
  expect([{}, { models: ['pump-1'] }, { models: ['pump-2'] }].map(scenario => isScenarioOf(model, scenario))).toEqual([
    true,
    true,
    false,
  ])
})
