/** Low and high alerts in the words of all generations. */
import { expect, it } from 'vitest'
import { countSensorAlerts } from '#stats/sensorAlerts.ts'
import { bolus, logged } from '../helpers/pumpLog.ts'

const alarms = (names: readonly string[]) =>
  countSensorAlerts(names.map((name, i) => logged(i, { type: 'alarm', name })))

it.each(['ALERT ON LOW', 'URGENT LOW SENSOR GLUCOSE', 'Alert before low', 'Sensor Alert: Low Glucose Predicted'])(
  'counts %s as low',
  name => expect(alarms([name])).toEqual({ low: 1, high: 0 }),
)

it.each(['ALERT ON HIGH', 'ALERT BEFORE HIGH', 'PROLONGED HIGH SENSOR GLUCOSE', 'Sensor Alert: High Glucose'])(
  'counts %s as high',
  name => expect(alarms([name])).toEqual({ low: 0, high: 1 }),
)

it.each([
  'LOW BATTERY PUMP',
  'Low reservoir',
  'SUSPEND BEFORE LOW ALARM, QUIET',
  'Auto mode exit, high glucose',
  'BASAL DELIVERY RESUMED ALERT, QUIET',
])('does not count %s', name => expect(alarms([name])).toEqual({ low: 0, high: 0 }))

it('does not count the person’s answer, and knows nothing without any alarm', () => {
  expect(countSensorAlerts([logged(0, { type: 'alarm', name: 'ALERT ON LOW', cleared: true })])).toEqual({
    low: 0,
    high: 0,
  })
  expect(countSensorAlerts([bolus(0, 1)])).toBeUndefined()
})
