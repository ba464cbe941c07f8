/** What a case finds wrong, in words: the message is all that is printed of it. */
import { isDeepStrictEqual } from 'node:util'
import type { Value } from '../app.ts'

export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}

export function expectEqual(found: unknown, wanted: unknown, what: string): void {
  expect(isDeepStrictEqual(found, wanted), `${what}: found ${short(found)}, expected ${short(wanted)}`)
}

/** All of them, each as often as expected, and nothing else. */
export function expectSameValues(found: readonly Value[], wanted: readonly Value[], what: string): void {
  const { missing, surplus } = difference(found, wanted)
  expect(
    missing.length === 0 && surplus.length === 0,
    `${what}: ${found.length} values for ${wanted.length}, ${missing.length} missing (${missing[0] ?? 'none'}), ${surplus.length} too many (${surplus[0] ?? 'none'})`,
  )
}

/** Some of them but not all, none twice, and nothing else. */
export function expectSomeValues(found: readonly Value[], wanted: readonly Value[], what: string): void {
  const { missing, surplus } = difference(found, wanted)
  expect(surplus.length === 0, `${what}: ${surplus.length} values that the device does not have (${surplus[0]})`)
  expect(found.length > 0 && missing.length > 0, `${what}: ${found.length} of ${wanted.length} values, expected a part`)
}

/** Both as multisets. */
function difference(found: readonly Value[], wanted: readonly Value[]): { missing: string[]; surplus: string[] } {
  const texts = wanted.map(textOf)
  const surplus: string[] = []
  const left = new Map<string, number>()
  for (const text of texts) left.set(text, (left.get(text) ?? 0) + 1)
  for (const text of found.map(textOf)) {
    const count = left.get(text) ?? 0
    if (count === 0) surplus.push(text)
    else left.set(text, count - 1)
  }
  const missing = [...left].flatMap(([text, count]) => Array<string>(count).fill(text))
  return { missing, surplus }
}

const textOf = ({ kind, time, value, units }: Value): string =>
  [kind, new Date(time).toISOString().slice(0, 19), value, units].filter(part => part !== undefined).join(' ')

const short = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 300)
