/** Words for stopping and resuming delivery, of all generations. Source: CareLink export sheet §4 and §6, "Suspend". */
import type { Suspend } from '#records/records.ts'

const RESUMED = /^(normal_pumping|user_restart_basal|resumed?|suspend \(restart basal\))$/i
const REASONS: readonly (readonly [RegExp, NonNullable<Suspend['reason']>])[] = [
  [/^(user_suspend|suspended|suspend)$/i, 'manual'],
  [/^(alarm_suspend|suspend \(alarm\))$/i, 'alarm'],
  [/^(plgm_predicted_low_sg|plgm_\w+)$/i, 'beforeLow'],
  [/^(lowsg_suspend|low_suspend_mode_\d+|low_\w*suspend\w*|suspend \(low glucose\))$/i, 'low'],
  [/^notseated_suspend$/i, 'notSeated'],
  [/suspend/i, 'other'],
]

/** What a word means; `undefined` when it is not known whether delivery stops or goes on. */
export function suspendFrom(word: string): Pick<Suspend, 'suspended' | 'reason' | 'rawReason'> | undefined {
  if (RESUMED.test(word)) return { suspended: false, rawReason: word }
  const reason = REASONS.find(([pattern]) => pattern.test(word))?.[1]
  return reason === undefined ? undefined : { suspended: true, reason, rawReason: word }
}
