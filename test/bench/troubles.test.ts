/** The alarm test is worth something only if really every answer is wrong, and if a case that overlooks it is named. */
import { expect, test } from 'vitest'
import type { Simulator } from '#devices/driver.ts'
import { broken, garbage, withByteFlipped, withDamage, withNoiseFirst } from './cases/troubles.ts'
import { verdictOf, verdictOfBroken } from './verdict.ts'

const echo: Simulator = { receive: packet => [packet, packet] }
const say = (simulator: Simulator, bytes: number[]) => simulator.receive(Uint8Array.from(bytes)).map(each => [...each])

test('a flipped byte is the 21st of a packet, or the last of a shorter one, and the packet itself stays as it was', () => {
  const report = Uint8Array.from({ length: 64 }, () => 0x0f)
  const flipped = withByteFlipped(report)
  expect([...flipped.entries()].filter(([, byte]) => byte !== 0x0f)).toEqual([[20, 0xf0]])
  expect([...withByteFlipped(Uint8Array.of(1, 2, 0x06))]).toEqual([1, 2, 0xf9])
  expect(report[20]).toBe(0x0f)
})

test('of a broken device no answer comes as it was said, from the first on', () => {
  const device = broken(echo)
  for (let turn = 0; turn < 5; turn++) expect(say(device, [0x06])).toEqual([[0x5c], [0x06]])
})

test('a broken device that has a trouble of its own beside it is right at no time', () => {
  const device = broken(withDamage(echo, 5))
  for (let turn = 0; turn < 10; turn++) expect(say(device, [0x06])[0]).not.toEqual([0x06])
})

test('with damage to each third answer, the two before it are right', () => {
  const damaged = withDamage(echo, 3)
  const firsts = Array.from({ length: 6 }, () => say(damaged, [0x00])[0])
  expect(firsts).toEqual([[0], [0], [0xff], [0], [0], [0xff]])
})

test('silence is not counted as an answer and stays silence', () => {
  const answers = [[], [Uint8Array.of(1)]]
  const sometimes: Simulator = { receive: ([which = 0]) => answers[which] ?? [] }
  const damaged = withDamage(sometimes, 2)
  expect([0, 1, 0, 1].map(which => say(damaged, [which]))).toEqual([[], [[1]], [], [[0xfe]]])
})

test('noise comes once, before the first answer', () => {
  const noisy = withNoiseFirst({ receive: packet => [packet] }, Uint8Array.of(0x0d))
  expect(say(noisy, [1])).toEqual([[0x0d], [1]])
  expect(say(noisy, [2])).toEqual([[2]])
})

test('garbage answers everything, always with as many bytes, and never twice the same', () => {
  const device = garbage(64)
  const [first, second] = [say(device, [1]), say(device, [1])]
  expect([first[0]?.length, second[0]?.length]).toEqual([64, 64])
  expect(first).not.toEqual(second)
})

test('a run is good when nothing failed', () => {
  expect(verdictOf({ passed: 2, failed: 0, skipped: 0 })).toEqual({ lines: ['2 passed, 0 failed'], status: 0 })
  expect(verdictOf({ passed: 2, failed: 1, skipped: 3 }).status).toBe(1)
  expect(verdictOf({ passed: 0, failed: 0, skipped: 9 })).toEqual({
    lines: ['0 passed, 0 failed, 9 skipped'],
    status: 0,
  })
})

test('a run with broken devices never ends well, and says which cases were blind', () => {
  const allRed = verdictOfBroken({ passed: 0, failed: 3, skipped: 0 }, [])
  expect(allRed).toEqual({ lines: ['0 passed, 3 failed'], status: 1 })
  const oneBlind = verdictOfBroken({ passed: 1, failed: 2, skipped: 0 }, ['Meter: read whole'])
  expect(oneBlind.status).toBe(2)
  expect(oneBlind.lines[0]).toContain('Meter: read whole')
  expect(oneBlind.lines.at(-1)).toBe('1 passed, 2 failed')
  expect(verdictOfBroken({ passed: 0, failed: 2, skipped: 1 }, []).status).toBe(2)
})
