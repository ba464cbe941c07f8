/** Two snapshots of a device's settings side by side. Source: reports sheet §3 (settings comparison). */
import type { SettingsSnapshot } from '#reports/models.ts'

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
  const names = [...new Set([...now.groups, ...(before?.groups ?? [])].map(({ name }) => name))]
  return names.map(name => {
    const valuesNow = valuesOf(now, name)
    const valuesBefore = before && valuesOf(before, name)
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

const valuesOf = ({ groups }: SettingsSnapshot, name: string): Readonly<Record<string, string>> =>
  Object.assign({}, ...groups.filter(group => group.name === name).map(({ values }) => values))
