/**
 * Alerts of low and of high sensor glucose among a device's alarms, in the words of all its generations. Source: CareLink
 * export sheet §6 (Alert), minimed-600 sheet §13, paradigm sheet (sensor alerts).
 */
import type { TherapyRecord } from '#records/records.ts'

export interface SensorAlerts {
  readonly low: number
  readonly high: number
}

const LOW = /alert (on|before) low|urgent low|low glucose(?! suspend)|low sensor glucose/i
const HIGH = /alert (on|before) high|high glucose|high sensor glucose/i

/** Which of the two a record is, if one. */
export function sensorAlertOf(record: TherapyRecord): keyof SensorAlerts | undefined {
  if (record.type !== 'alarm' || record.cleared) return undefined
  if (LOW.test(record.name)) return 'low'
  return HIGH.test(record.name) && !/auto mode/i.test(record.name) ? 'high' : undefined
}

/** Numbers of alerts; `undefined` when the records hold no alarm of any kind, so that nobody knows whether it rang. */
export function countSensorAlerts(records: readonly TherapyRecord[]): SensorAlerts | undefined {
  const alerts = { low: 0, high: 0 }
  let hasAlarms = false
  for (const record of records) {
    if (record.type !== 'alarm') continue
    hasAlarms = true
    const alert = sensorAlertOf(record)
    if (alert) alerts[alert]++
  }
  return hasAlarms ? alerts : undefined
}
