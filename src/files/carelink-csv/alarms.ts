/** Texts of the columns "Alert", "Alarm" and "User Cleared Alerts". Source: CareLink export sheet §6, "Alert / Alarm". */
import type { Alarm } from '#records/records.ts'

const HOW_IT_CALLED = /: (tone and vibration|tone|vibration|siren|alert silence)$/i

/**
 * What a text says: "LOW SG: siren" is the alarm LOW SG. "Other Alarm Code: 1003" has the code 1003; a code in
 * parentheses at the end, as in generation R, is not part of the name.
 */
export function alarmFrom(text: string): Pick<Alarm, 'name'> & { readonly rawCode: number | undefined } {
  const said = text.replace(HOW_IT_CALLED, '')
  const [, beforeCode, inParentheses] = /^(.*\S)\s*\((\d+)\)$/s.exec(said) ?? []
  const code = inParentheses ?? /\bcode: ?(\d+)$/i.exec(said)?.[1]
  return { name: beforeCode ?? said, rawCode: code === undefined ? undefined : Number(code) }
}

/** The text that says it. */
export function alarmText({ name, rawCode }: Pick<Alarm, 'name' | 'rawCode'>): string {
  return rawCode === undefined || alarmFrom(name).rawCode === rawCode ? name : `${name} (${rawCode})`.trim()
}
