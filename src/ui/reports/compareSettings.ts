/** Two snapshots of a device's settings side by side. Source: reports sheet §3 (settings comparison). */
import type { SettingsSnapshot } from '#reports/models.ts'
import { reportTexts } from '../texts/reports.ts'

/** One line of a comparison; a value is absent where the snapshot does not have it. */
export interface ComparedValue {
  readonly key: string
  readonly now?: string
  readonly before?: string
  readonly differs: boolean
}

export interface ComparedGroup {
  readonly name: string
  readonly values: readonly ComparedValue[]
  readonly differs: boolean
}

/** The groups of `now` in their order with what `before` had, and at the end groups that only `before` had. */
export function compareSnapshots(
  now: SettingsSnapshot,
  before: SettingsSnapshot | undefined,
): readonly ComparedGroup[] {
  const nowGroups = groupsOf(now)
  const beforeGroups = before && groupsOf(before)
  const names = [...new Set([...nowGroups.keys(), ...(beforeGroups?.keys() ?? [])])]
  return names.map(name => {
    const valuesNow = nowGroups.get(name) ?? {}
    const valuesBefore = beforeGroups?.get(name)
    const keys = [...new Set([...Object.keys(valuesNow), ...Object.keys(valuesBefore ?? {})])]
    const values = keys.map((key): ComparedValue => {
      const [after, earlier] = [valuesNow[key], valuesBefore?.[key]]
      return {
        key,
        ...(after === undefined ? {} : { now: after }),
        ...(earlier === undefined ? {} : { before: earlier }),
        differs: before !== undefined && after !== earlier,
      }
    })
    return { name, values, differs: values.some(({ differs }) => differs) }
  })
}

type Values = Readonly<Record<string, string>>

const byText = new Intl.Collator('en', { numeric: true })
const textOf = (values: Values): string => Object.values(values).join(' ')

/** By name. Of one name there may be several: each basal pattern, or each row of a file. None may hide another. */
function groupsOf({ groups }: SettingsSnapshot): ReadonlyMap<string, Values> {
  const byName = new Map<string, Values[]>()
  for (const { name, values } of groups) byName.set(name, [...(byName.get(name) ?? []), values])
  return new Map(
    [...byName].flatMap(([name, unordered]): (readonly [string, Values])[] => {
      const all = unordered.toSorted((a, b) => byText.compare(textOf(a), textOf(b)))
      return name.endsWith('BasalProfile') && all.every(({ pattern }) => pattern !== undefined)
        ? all.map(values => patternOf(name, values))
        : [[name, merged(all)]]
    }),
  )
}

function patternOf(name: string, { pattern, ...rates }: Values): readonly [string, Values] {
  return [`${name}: ${pattern}`, Object.keys(rates).length > 0 ? rates : reportTexts.settings.noRates]
}

/** All in one; numbered where two tell different values of the same key. */
function merged(all: readonly Values[]): Values {
  const together: Record<string, string> = {}
  for (const values of all) {
    for (const [key, value] of Object.entries(values)) {
      if ((together[key] ?? value) !== value) return numbered(all)
      together[key] = value
    }
  }
  return together
}

const numbered = (all: readonly Values[]): Values =>
  Object.fromEntries(
    all.flatMap((values, index) => Object.entries(values).map(([key, value]) => [`${index + 1}: ${key}`, value])),
  )
