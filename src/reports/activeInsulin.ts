/**
 * The active insulin time that a pump's bolus calculator is set to, out of the settings it told: every generation has
 * its own name and unit for it. Source: CareLink export sheet §6 (Insulin Action Curve Time; Raw-Type
 * CurrentInsulinActionCurve), minimed-600 sheet §11 (7B), paradigm sheet (wizard set-up).
 */
import type { Setting, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'

export interface ActiveInsulin {
  readonly minutes: number
  readonly toldAt: DeviceTime
}

/** The newest that the records tell; `undefined` when none does. `log` ascending. */
export function activeInsulinOf(log: readonly TherapyRecord[]): ActiveInsulin | undefined {
  for (let i = log.length - 1; i >= 0; i--) {
    const record = log[i]
    if (record?.type !== 'setting') continue
    const minutes = minutesOf(record)
    if (minutes !== undefined) return { minutes, toldAt: record.deviceTime }
  }
  return undefined
}

function minutesOf({ name, values }: Setting): number | undefined {
  // CareLink names the setting and gives minutes without a unit.
  if (/^(insulin action curve time|CurrentInsulinActionCurve)$/.test(name)) {
    return positive(values['minutes'] ?? values['AMOUNT'])
  }
  // Only what it is set to, not "from insulin action".
  const key = Object.keys(values).find(each => /^(to )?(insulin action|active insulin time)$/i.test(each))
  const text = key === undefined ? '' : (values[key] ?? '')
  const amount = positive(text)
  if (amount === undefined) return undefined
  return /\bh$/.test(text) ? amount * 60 : /\bmin$/.test(text) ? amount : undefined
}

/** 0 means that it was never set. */
function positive(text = ''): number | undefined {
  const amount = Number.parseFloat(text)
  return amount > 0 ? amount : undefined
}
