/** What happens to a device and what must come of it: one story each, told of any subject. */
import type { Page } from 'playwright'
import { en } from '#ui/texts/en.ts'
import type { FailureCode } from '#workers/outcome.ts'
import * as app from '../app.ts'
import type { Bench } from '../bench.ts'
import { SLOW_MS } from '../browser.ts'
import type { DeviceOptions, Mishap } from '../usbip/device.ts'
import type { Ids, Taking } from './takers.ts'
import { expect, expectEqual, expectSameValues, expectSomeValues } from './expect.ts'
import type { Subject } from './subject.ts'

/**
 * From soon after the first results on, each answer takes so long: enough time for something else to happen during the
 * read, and well below the drivers' deadlines. Taken away once it has happened.
 */
const SLOW_SOON = { delayMs: 1500, delayFrom: 16 }

export type Story = (bench: Bench) => Promise<void>

/** Read from end to end; what is kept is exactly the device's memory, also on the page Devices. */
export const readWhole =
  (subjectOf: () => Subject, options: Pick<DeviceOptions, 'delayMs' | 'mishaps'> = {}): Story =>
  async bench => {
    const subject = subjectOf()
    const cable = await plugIn(bench, subject, options)
    await app.startRead(bench.page, bench.origin, subject)
    await expectDone(bench.page, subject)
    const last = Math.max(-1, ...(options.mishaps ?? []).map(({ at }) => at))
    expect(cable.device.transfers() > last, `the mishap of transfer ${last} never came`)
    const card = await app.heldOnDevicesPage(bench.page, bench.origin, subject.serial)
    for (const line of heldLines(subject)) expect(card.includes(line), `Devices does not say "${line}" but: ${card}`)
  }

/** The cable is pulled in the middle, plugged in again, and the person reads again. */
export const pulledAndPluggedInAgain =
  (subjectOf: () => Subject): Story =>
  async bench => {
    const subject = subjectOf()
    const middle: Mishap = { at: subject.middle, kind: 'unplug' }
    const cable = await plugIn(bench, subject, { mishaps: [middle] })
    await app.startRead(bench.page, bench.origin, subject)
    const part = await expectPart(bench.page, subject, 'unplugged')

    await cable.pull()
    await cable.plugIn()
    await app.readOnceMore(bench.page)
    await expectDone(bench.page, subject, part)
  }

/** While one tab reads, a second one is told that the device is in use; the first is not disturbed. */
export const twoTabs =
  (subjectOf: () => Subject): Story =>
  async bench => {
    const subject = subjectOf()
    const cable = await plugIn(bench, subject, SLOW_SOON)
    const second = await bench.newTab()
    await app.prepareRead(second, bench.origin, subject)
    await app.startRead(bench.page, bench.origin, subject)
    await app.someResults(bench.page)
    await app.go(second)
    expectFailure(await app.endOfRead(second, SLOW_MS), 'device-in-use')
    cable.device.setDelay(0)
    await expectDone(bench.page, subject)
  }

/** The page is loaded anew in the middle; Home says so, and reading again brings everything. */
export const reloadedInTheMiddle =
  (subjectOf: () => Subject): Story =>
  async bench => {
    const subject = subjectOf()
    const { page, origin } = bench
    const cable = await plugIn(bench, subject, SLOW_SOON)
    await app.startRead(page, origin, subject)
    await app.someResults(page)
    await page.reload()
    cable.device.setDelay(0)
    await page.getByRole('heading', { name: en.read.prepareTitle(subject.model.name) }).waitFor()
    await app.open(page, origin, '/', en.home.interruptedTitle)
    const part = await app.kept(page, subject.serial)
    await app.startRead(page, origin, subject)
    await expectDone(bench.page, subject, part.values.length)
  }

/**
 * The device is there but not well, the read ends with this, and nothing of it is kept. Plugged in anew it is well, and
 * "Try again" reads it whole.
 */
export const failsUntilPluggedInAnew =
  (subjectOf: () => Subject, code: FailureCode, ill: Partial<DeviceOptions>): Story =>
  async bench => {
    const { page, origin } = bench
    const subject = subjectOf()
    const cable = await plugIn(bench, subject, ill)
    await app.startRead(page, origin, subject)
    expectFailure(await app.endOfRead(page, SLOW_MS), code)
    expectEqual(await app.kept(page, subject.serial), { values: [], reads: 0 }, 'kept')
    await cable.pull()
    await plugIn(bench, subject)
    await app.readOnceMore(page)
    await expectDone(page, subject)
  }

/** The computer lets nobody open it; when it does, "Try again" works. Chrome says NotAllowedError to any failed opening. */
export const notAllowedByComputer =
  (subjectOf: () => Subject, nodesOf: (ids: Ids) => string): Story =>
  async bench => {
    const { guest, page, origin } = bench
    const subject = subjectOf()
    await plugIn(bench, subject)
    const nodes = nodesOf(subject.connection)
    await guest.run(`chmod 600 ${nodes}`, 'the right to be taken away')
    await app.startRead(page, origin, subject)
    expectFailure(await app.endOfRead(page, SLOW_MS), 'permission-lost')
    await guest.run(`chmod 666 ${nodes}`, 'the right to be given back')
    await app.readOnceMore(page)
    await expectDone(page, subject)
  }

/**
 * A program takes the device from the kernel's driver: for the browser it is gone, and the app asks to choose it. Once
 * the kernel has it again, the read works.
 */
export const takenByAnotherProgram =
  (subjectOf: () => Subject, { take, giveBack }: Taking): Story =>
  async bench => {
    const { guest, page, origin } = bench
    const subject = subjectOf()
    const cable = await plugIn(bench, subject)
    const pid = await guest.run(take(subject.connection), 'another program to take the device')
    await cable.untilListed(false)
    await app.startRead(page, origin, subject)
    expectEqual(await app.endOfRead(page, SLOW_MS), { kind: 'allow' }, 'end of the read')
    await guest.run(giveBack(pid, subject.connection), 'another program to give the device back')
    await cable.untilListed(true)
    await app.startRead(page, origin, subject)
    await expectDone(page, subject)
  }

const plugIn = (bench: Bench, { connection, personality, simulator }: Subject, options: Partial<DeviceOptions> = {}) =>
  bench.plugIn(connection.transport, { personality, simulator, ...options })

/** The read ended well and everything is kept, of which this much was here before. */
async function expectDone(page: Page, subject: Subject, before = 0): Promise<void> {
  const { serial, values, others = {} } = subject
  const all = newEntries(values.length, others)
  const end = await app.endOfRead(page, 2 * SLOW_MS)
  expectEqual(end, { kind: 'done', title: en.read.doneTitle(all - before) }, 'end of the read')
  const kept = vouched(await app.kept(page, serial), subject)
  expectSameValues(kept.values, values, 'kept')
  expectEqual(kept.others, others, 'kept of other kinds')
}

/** How many records were kept of a read that ended early. */
async function expectPart(page: Page, subject: Subject, code: FailureCode): Promise<number> {
  const end = await app.endOfRead(page, SLOW_MS)
  expect(end.kind === 'partial', `the read ended with ${JSON.stringify(end)}, expected a part`)
  const sentence = app.endedEarlyBy(code)
  expect(end.text.includes(sentence), `the page does not say "${sentence}" but: ${end.text}`)
  const kept = await app.kept(page, subject.serial)
  const { values, others } = vouched(kept, subject)
  expectSomeValues(values, subject.values, 'kept')
  return newEntries(values.length, others)
}

/** How many of them the page counts: settings as they stand are kept with every read and are no new entries. */
const newEntries = (values: number, others: Readonly<Record<string, number>>): number =>
  Object.entries(others).reduce((sum, [kind, count]) => (kind === 'setting' ? sum : sum + count), values)

/** Of what is kept: records of the kinds that the subject knows one by one, and how many there are of the others. */
function vouched({ values: kept }: app.Kept, { values }: Subject) {
  const kinds = new Set(values.map(({ kind }) => kind))
  const others: Record<string, number> = {}
  for (const { kind } of kept) if (!kinds.has(kind)) others[kind] = (others[kind] ?? 0) + 1
  return { values: kept.filter(({ kind }) => kinds.has(kind)), others }
}

/** What the page Devices has to say of it. */
function heldLines({ values, others = {} }: Subject): readonly string[] {
  const counts = new Map(Object.entries(others))
  for (const { kind } of values) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const texts: Readonly<Record<string, (count: number) => string>> = en.kinds
  return [...counts].flatMap(([kind, count]) => texts[kind]?.(count) ?? [])
}

function expectFailure(end: app.End, code: FailureCode): void {
  expect(
    end.kind === 'failed' && end.title === app.titleOf(code),
    `the read ended with ${JSON.stringify(end)}, expected "${app.titleOf(code)}"`,
  )
}
