/** What happens to a device and what must come of it: one story each, told of any subject. */
import type { Page } from 'playwright'
import { en } from '#ui/texts/en.ts'
import type { FailureCode } from '#workers/outcome.ts'
import * as app from '../app.ts'
import type { Bench } from '../bench.ts'
import { SLOW_MS } from '../browser.ts'
import type { DeviceOptions, Mishap } from '../usbip/device.ts'
import type { Taking } from './takers.ts'
import { expect, expectEqual, expectSameValues, expectSomeValues } from './expect.ts'
import type { Subject } from './subject.ts'

/**
 * With 40 results enough time for something else to happen during the read, and well below the drivers' deadlines.
 * Taken away once it has happened.
 */
const SLOW_ANSWER_MS = 1500

export type Story = (bench: Bench) => Promise<void>

/** Read from end to end; what is kept is exactly the device's memory, also on the page Devices. */
export const readWhole =
  (subjectOf: () => Subject, options: Pick<DeviceOptions, 'delayMs' | 'mishaps'> = {}): Story =>
  async bench => {
    const subject = subjectOf()
    const cable = await plugIn(bench, subject, options)
    await app.startRead(bench.page, bench.origin, subject.model)
    await expectDone(bench.page, subject, subject.values.length)
    const last = Math.max(-1, ...(options.mishaps ?? []).map(({ at }) => at))
    expect(cable.device.transfers() > last, `the mishap of transfer ${last} never came`)
    const card = await app.heldOnDevicesPage(bench.page, bench.origin, subject.serial)
    expect(
      card.includes(en.kinds.smbg(subject.values.length)),
      `Devices does not say "${en.kinds.smbg(subject.values.length)}" but: ${card}`,
    )
  }

/** The cable is pulled in the middle, plugged in again, and the person reads again. */
export const pulledAndPluggedInAgain =
  (subjectOf: () => Subject): Story =>
  async bench => {
    const subject = subjectOf()
    const middle: Mishap = { at: 2 * subject.values.length, kind: 'unplug' }
    const cable = await plugIn(bench, subject, { mishaps: [middle] })
    await app.startRead(bench.page, bench.origin, subject.model)
    const part = await expectPart(bench.page, subject, 'unplugged')

    await cable.pull()
    await cable.plugIn()
    await app.readOnceMore(bench.page)
    await expectDone(bench.page, subject, subject.values.length - part)
  }

/** While one tab reads, a second one is told that the device is in use; the first is not disturbed. */
export const twoTabs =
  (subjectOf: () => Subject): Story =>
  async bench => {
    const subject = subjectOf()
    const cable = await plugIn(bench, subject, { delayMs: SLOW_ANSWER_MS })
    const second = await bench.newTab()
    await app.open(second, bench.origin, `/read?model=${subject.model.id}`, en.read.prepareTitle(subject.model.name))
    await app.startRead(bench.page, bench.origin, subject.model)
    await app.someResults(bench.page)
    await second.getByRole('button', { name: en.read.ready }).click()
    expectFailure(await app.endOfRead(second, SLOW_MS), 'device-in-use')
    cable.device.setDelay(0)
    await expectDone(bench.page, subject, subject.values.length)
  }

/** The page is loaded anew in the middle; Home says so, and reading again brings everything. */
export const reloadedInTheMiddle =
  (subjectOf: () => Subject): Story =>
  async bench => {
    const subject = subjectOf()
    const { page, origin } = bench
    const cable = await plugIn(bench, subject, { delayMs: SLOW_ANSWER_MS })
    await app.startRead(page, origin, subject.model)
    await app.someResults(page)
    await page.reload()
    cable.device.setDelay(0)
    await page.getByRole('heading', { name: en.read.prepareTitle(subject.model.name) }).waitFor()
    await app.open(page, origin, '/', en.home.interruptedTitle)
    const part = await app.kept(page, subject.serial)
    await app.startRead(page, origin, subject.model)
    await expectDone(bench.page, subject, subject.values.length - part.values.length)
  }

/** The device is there, and this is what the read ends with; nothing of it is kept. */
export const fails =
  (subjectOf: () => Subject, code: FailureCode, mishaps: readonly Mishap[] = []): Story =>
  async bench => {
    const subject = subjectOf()
    await plugIn(bench, subject, { mishaps })
    await app.startRead(bench.page, bench.origin, subject.model)
    expectFailure(await app.endOfRead(bench.page, SLOW_MS), code)
    expectEqual(await app.kept(bench.page, subject.serial), { values: [], reads: 0 }, 'kept')
  }

/** The computer lets nobody open it; when it does, "Try again" works. Chrome says NotAllowedError to any failed opening. */
export const notAllowedByComputer =
  (subjectOf: () => Subject, nodes: string): Story =>
  async bench => {
    const { guest, page, origin } = bench
    const subject = subjectOf()
    await plugIn(bench, subject)
    await guest.run(`chmod 600 ${nodes}`, 'the right to be taken away')
    await app.startRead(page, origin, subject.model)
    expectFailure(await app.endOfRead(page, SLOW_MS), 'permission-lost')
    await guest.run(`chmod 666 ${nodes}`, 'the right to be given back')
    await app.readOnceMore(page)
    await expectDone(page, subject, subject.values.length)
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
    const pid = await guest.run(take, 'another program to take the device')
    await cable.untilListed(false)
    await app.startRead(page, origin, subject.model)
    expectEqual(await app.endOfRead(page, SLOW_MS), { kind: 'allow' }, 'end of the read')
    await guest.run(giveBack(pid), 'another program to give the device back')
    await cable.untilListed(true)
    await app.startRead(page, origin, subject.model)
    await expectDone(page, subject, subject.values.length)
  }

const plugIn = (bench: Bench, { transport, personality, simulator }: Subject, options: Partial<DeviceOptions> = {}) =>
  bench.plugIn(transport, { personality, simulator, ...options })

async function expectDone(page: Page, { serial, values }: Subject, added: number): Promise<void> {
  const end = await app.endOfRead(page, 2 * SLOW_MS)
  expectEqual(end, { kind: 'done', title: en.read.doneTitle(added) }, 'end of the read')
  const kept = await app.kept(page, serial)
  expectSameValues(kept.values, values, 'kept')
}

/** How many values were kept of a read that ended early. */
async function expectPart(page: Page, { serial, values }: Subject, code: FailureCode): Promise<number> {
  const end = await app.endOfRead(page, SLOW_MS)
  expect(end.kind === 'partial', `the read ended with ${JSON.stringify(end)}, expected a part`)
  const sentence = app.endedEarlyBy(code)
  expect(end.text.includes(sentence), `the page does not say "${sentence}" but: ${end.text}`)
  const kept = await app.kept(page, serial)
  expectSomeValues(kept.values, values, 'kept')
  return kept.values.length
}

function expectFailure(end: app.End, code: FailureCode): void {
  expect(
    end.kind === 'failed' && end.title === app.titleOf(code),
    `the read ended with ${JSON.stringify(end)}, expected "${app.titleOf(code)}"`,
  )
}
