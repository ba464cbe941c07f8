/**
 * What every driver promises (`src/devices/driver.ts`), proved for each driver that exists. A new folder under
 * `src/devices` is found by itself; it needs `test/devices/FOLDER/whitelist.ts` beside it.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { connectionOf, isScenarioOf } from '#devices/connectionOf.ts'
import type { Connection, Download, Driver, Model, Page, Simulation, Simulator } from '#devices/driver.ts'
import { deviceErrorCodes } from '#devices/errors.ts'
import { type Fault, faultKinds } from '#devices/ports/faults.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { allDrivers, allModels, driverOfModel, loadDriver, loadSimulation } from '#devices/registry.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import { createFakeClock } from '../helpers/fakeClock.ts'
import { codeOf, faultsOfAccount, idsOf, type Reading, read } from './reading.ts'

/** The whitelist of a driver's sheet, stated without the driver. */
interface SheetWhitelist {
  isOnSheet(bytes: Uint8Array): boolean
  /** At least one of each command. */
  readonly samples: readonly Uint8Array[]
}
const whitelistFiles = import.meta.glob<SheetWhitelist>('./*/whitelist.ts', { eager: true })

/** A read that makes no progress ends within this unless the driver says more; a fault may add its delay. */
const DEADLINE_MS = 60_000
/** Conversations up to here are disturbed in every way at every step; of longer ones see `faultsOf`. */
const SHORT_STEPS = 200
const now = deviceTimeFromIso('2026-03-14T21:30:00') ?? (0 as DeviceTime) // The text is a time.

/** What a device that makes no sense may end a read with. */
const senselessCodes: readonly string[] = ['no-answer', 'wrong-answer', 'wrong-device', 'out-of-range', 'replug-needed']

interface Family {
  readonly id: string
  readonly driver: Driver
  readonly simulation: Simulation
  readonly models: readonly Model[]
  readonly whitelist: SheetWhitelist | undefined
}

const families: readonly Family[] = await Promise.all(
  allDrivers.map(async id => {
    const [driver, simulation] = await Promise.all([loadDriver(id), loadSimulation(id)])
    if (!driver || !simulation) throw new Error(`${id} has no driver.ts or no simulator.ts`)
    const models = allModels.filter(model => driverOfModel(model.id) === id)
    return { id, driver, simulation, models, whitelist: whitelistFiles[`./${id}/whitelist.ts`] }
  }),
)

const scenariosOf = ({ simulation }: Family, model: Model) =>
  simulation.scenarios.filter(scenario => isScenarioOf(model, scenario))

interface Baseline {
  readonly model: Model
  readonly connection: Connection
  readonly answers: Readonly<Record<string, string>>
  readonly fresh: () => Simulator
  readonly reading: Reading
  readonly download: Download
  readonly ids: readonly string[]
}

/** The undisturbed read of one scenario. */
async function baselineOf({ driver, simulation }: Family, model: Model, scenarioId: string): Promise<Baseline> {
  const fresh = () => simulation.create(model.id, scenarioId, now)
  const scenario = simulation.scenarios.find(({ id }) => id === scenarioId)
  const connection = connectionOf(model, scenario)
  const answers = scenario?.answers ?? {}
  const reading = await read({ driver, model, connection, answers, simulator: fresh() })
  if (!reading.download) throw reading.error
  return {
    model,
    connection,
    answers,
    fresh,
    reading,
    download: reading.download,
    ids: idsOf(driver.decode(reading.download)),
  }
}

/**
 * Of each model the shortest conversation that brings results: disturbed at every step, it must not take for ever.
 * Of models to which the driver says exactly the same, one stands for all.
 */
async function shortBaselines(family: Family): Promise<readonly Baseline[]> {
  const byConversation = new Map<string, Baseline>()
  for (const model of family.models) {
    const all: Baseline[] = []
    for (const { id, endsIn } of scenariosOf(family, model)) if (!endsIn) all.push(await baselineOf(family, model, id))
    const best = all.filter(({ ids }) => ids.length >= 5).sort((a, b) => a.reading.steps - b.reading.steps)[0]
    if (best) byConversation.set([best.reading.steps, ...best.reading.written].join(), best)
  }
  if (byConversation.size === 0) throw new Error(`${family.id} has no scenario with results`)
  return [...byConversation.values()]
}

it('finds at least one driver', () => {
  expect(families.length).toBeGreaterThan(0)
})

describe.each(families.map(family => [family.id, family] as const))('driver %s', (_, family) => {
  const { driver, simulation, models } = family
  let short: Promise<readonly Baseline[]> | undefined
  const baselines = () => (short ??= shortBaselines(family))
  const deadlineMs = driver.patienceMs ?? DEADLINE_MS

  it('is registered under its own name, with models, scenarios and its sheet’s whitelist', () => {
    expect(driver.id).toBe(family.id)
    expect(models.length).toBeGreaterThan(0)
    expect(simulation.scenarios.length).toBeGreaterThan(0)
    expect(family.whitelist?.samples.length).toBeGreaterThan(0)
    expect(new Set(allModels.map(({ id }) => id)).size).toBe(allModels.length)
    expect(models.filter(({ connections, preparation }) => !connections.length || !preparation.length)).toEqual([])
  })

  describe.each(models.map(model => [model.id, model] as const))('%s', (_modelId, model) => {
    const scenarios = scenariosOf(family, model)
    it.each(scenarios.filter(({ endsIn }) => !endsIn).map(({ id }) => id))(
      'reads %s whole, twice the same, and accounts for every byte',
      async scenarioId => {
        const { reading, download, ids } = await baselineOf(family, model, scenarioId)
        const decoded = driver.decode(download)
        expect(download).toMatchObject({ driver: driver.id, modelId: model.id, complete: true })
        expect(faultsOfAccount(download, decoded)).toEqual([])
        expect(idsOf(driver.decode(structuredClone(download)))).toEqual(ids)
        expect(new Set(ids).size).toBe(ids.length)
        expect((await baselineOf(family, model, scenarioId)).ids).toEqual(ids)
        // Where the wire has no room for letters, zeros.
        expect(decoded.device.serial).toMatch(/^(SIM|([A-Z]{2})?0000)/)
        expect(reading.timersLeft).toBe(0)
        expect(reading.tookMs).toBeLessThan(deadlineMs)
      },
    )

    for (const scenario of scenarios.filter(({ endsIn }) => endsIn)) {
      it(`ends ${scenario.id} as it says`, async () => {
        const simulator = simulation.create(model.id, scenario.id, now)
        const connection = connectionOf(model, scenario)
        const reading = await read({ driver, model, connection, answers: scenario.answers ?? {}, simulator })
        expect(codeOf(reading.error)).toBe(scenario.endsIn)
        expect(reading.timersLeft).toBe(0)
      })
    }
  })

  it('decodes anything at all without throwing, and accounts for it', async () => {
    const [baseline] = await baselines()
    if (!baseline) throw new Error('no scenario with results')
    const { download } = baseline
    const problemsOf = (pages: readonly Page[]) => {
      const mutated = { ...download, pages }
      const decoded = driver.decode(mutated)
      const ids = idsOf(decoded)
      const again = idsOf(driver.decode(mutated))
      return [...faultsOfAccount(mutated, decoded), ...ids.filter((id, i) => again[i] !== id)]
    }
    const kind = download.pages[0]?.kind ?? ''
    const noise = fc.uint8Array({ maxLength: 300 })
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), list => {
        expect(problemsOf(list.map((bytes, index) => ({ kind, index, bytes })))).toEqual([])
      }),
      { numRuns: 300 },
    )

    const pageIndex = fc.nat({ max: download.pages.length - 1 })
    const change = fc.record({
      page: pageIndex,
      other: pageIndex,
      at: fc.nat({ max: 500 }),
      bytes: fc.uint8Array({ maxLength: 8 }),
      how: fc.constantFrom('overwrite', 'insert', 'cut', 'remove', 'swap', 'repeat'),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), changes => {
        expect(problemsOf(changes.reduce(withChange, download.pages))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  /** Whatever happened: the right result or a named error in time, and all that had come was kept and is right. */
  function problemsOfReading(reading: Reading, { ids }: Baseline, allowedMs: number): readonly string[] {
    const problems = [...notAllowed(reading)]
    if (reading.tookMs > allowedMs) problems.push(`took ${reading.tookMs} ms`)
    if (reading.timersLeft > 0) problems.push(`left ${reading.timersLeft} timers`)
    if (reading.download) {
      // A complete download holds all that was kept on the way.
      const same = JSON.stringify(idsOf(driver.decode(reading.download))) === JSON.stringify(ids)
      return reading.download.complete && same ? problems : [...problems, 'a download that is not the right one']
    }
    const code = codeOf(reading.error)
    if (!deviceErrorCodes.some(known => known === code)) problems.push(code)
    if (['bug', 'command-refused', 'cancelled'].includes(code)) problems.push(`${code}: ${String(reading.error)}`)
    if (!reading.kept) return problems
    const kept = driver.decode(reading.kept)
    const right = new Set(ids)
    const wrong = idsOf(kept).filter(id => !right.has(id))
    return [
      ...problems,
      ...faultsOfAccount(reading.kept, kept),
      ...wrong.map(id => `a record that is not there: ${id}`),
    ]
  }

  /** What the driver wrote and should not have. */
  const notAllowed = ({ written }: Reading): readonly string[] =>
    [...new Set(written)].filter(packet => {
      const bytes = bytesFromHex(packet)
      return !driver.mayWrite(bytes) || !family.whitelist?.isOnSheet(bytes)
    })

  const keptCount = ({ kept }: Reading): number => (kept ? driver.decode(kept).records.length : 0)

  it('ends rightly when one thing goes wrong, at every step', async () => {
    for (const baseline of await baselines()) {
      const { model, connection, answers, fresh } = baseline
      for (let atStep = 0; atStep < baseline.reading.steps; atStep++) {
        for (const fault of faultsOf(atStep, baseline.reading.steps)) {
          const reading = await read({ driver, model, connection, answers, simulator: fresh(), faults: [fault] })
          const problems = problemsOfReading(reading, baseline, deadlineMs + (fault.delayMs ?? 0))
          expect({ model: model.id, fault, problems }).toEqual({ model: model.id, fault, problems: [] })
        }
      }
    }
  })

  it('ends rightly when several things go wrong', async () => {
    const [baseline] = await baselines()
    if (!baseline) throw new Error('no scenario with results')
    const fault = fc.record({
      atStep: fc.nat({ max: baseline.reading.steps }),
      kind: fc.constantFrom(...faultKinds),
      bit: fc.nat({ max: 511 }),
      delayMs: fc.constantFrom(400, 6000),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 2, maxLength: 5 }), async faults => {
        const { model, connection, answers, fresh } = baseline
        const reading = await read({ driver, model, connection, answers, simulator: fresh(), faults })
        expect(problemsOfReading(reading, baseline, (faults.length + 1) * deadlineMs)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('keeps more, never less, the later the cable is pulled', async () => {
    for (const { model, connection, answers, fresh, reading: undisturbed, ids } of await baselines()) {
      let before = 0
      for (let atStep = 0; atStep < undisturbed.steps; atStep++) {
        const faults = [{ atStep, kind: 'unplug' }] as const
        const reading = await read({ driver, model, connection, answers, simulator: fresh(), faults })
        expect(keptCount(reading)).toBeGreaterThanOrEqual(before)
        before = keptCount(reading)
      }
      expect(before).toBe(ids.length)
    }
  })

  it('stops at once when cancelled, at every step and while waiting', async () => {
    for (const { model, connection, answers, fresh, reading: undisturbed, ids } of await baselines()) {
      for (let packet = 0; packet < undisturbed.written.length; packet++) {
        const reading = await read({ driver, model, connection, answers, simulator: fresh(), cancelAtPacket: packet })
        const where = { model: model.id, packet }
        expect({ ...where, code: codeOf(reading.error) }).toEqual({ ...where, code: 'cancelled' })
        expect(reading.tookMs - (reading.cancelledMs ?? 0)).toBeLessThanOrEqual(1000)
        expect(keptCount(reading)).toBeLessThanOrEqual(ids.length)
        expect(reading.timersLeft).toBe(0)
      }
      for (const cancelAtMs of [0, 50, 2500]) {
        const reading = await read({ driver, model, connection, answers, simulator: { receive: () => [] }, cancelAtMs })
        expect(codeOf(reading.error)).toBe('cancelled')
        expect(reading.tookMs).toBeLessThanOrEqual(cancelAtMs + 1000)
      }
    }
  })

  it('ends in a named error within its deadline with a device that makes no sense', async () => {
    const [baseline] = await baselines()
    if (!baseline) throw new Error('no scenario with results')
    const { model, connection, answers } = baseline
    const longest = 64
    const senseless: Readonly<Record<string, (packet: Uint8Array) => readonly Uint8Array[]>> = {
      'says nothing': () => [],
      'says what it was told': packet => [packet],
      'says zeros': () => [new Uint8Array(longest)],
      'says empty packets': () => [new Uint8Array(0)],
      'never stops': () => Array.from({ length: 500 }, (_, i) => new Uint8Array(longest).fill(i)),
    }
    for (const [name, receive] of Object.entries(senseless)) {
      const reading = await read({ driver, model, connection, answers, simulator: { receive } })
      const code = codeOf(reading.error)
      const named = senselessCodes.includes(code)
      const inTime = reading.tookMs <= deadlineMs
      const wrote = notAllowed(reading)
      expect({ name, code, named, inTime, wrote }).toEqual({ name, code, named: true, inTime: true, wrote: [] })
    }
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.uint8Array({ maxLength: longest })), async stream => {
        const receive = () => [...stream.take(3)]
        const reading = await read({ driver, model, connection, answers, simulator: { receive } })
        expect(senselessCodes).toContain(codeOf(reading.error))
        expect(reading.tookMs).toBeLessThanOrEqual(deadlineMs)
      }),
      { numRuns: 100 },
    )
  })

  it('lets nothing through to the device that its sheet does not list', async () => {
    const isOnSheet = (bytes: Uint8Array) => family.whitelist?.isOnSheet(bytes) ?? false
    const samples = family.whitelist?.samples ?? []
    let reached = 0
    const simulator: Simulator = {
      receive() {
        reached++
        return []
      },
    }
    const port = openSimulated(simulator, bytes => driver.mayWrite(bytes), { clock: createFakeClock() })
    /** What happened to these bytes, and what should have. */
    const judged = async (bytes: Uint8Array) => {
      const before = reached
      const code = await port.write(bytes).then(() => 'sent', codeOf)
      return `${hexFromBytes(bytes)}: ${code}, reached the device ${reached - before} times`
    }
    const expected = (bytes: Uint8Array) => {
      const verdict = isOnSheet(bytes) ? 'sent, reached the device 1' : 'command-refused, reached the device 0'
      return `${hexFromBytes(bytes)}: ${verdict} times`
    }

    for (const sample of samples) {
      const variants = [sample, sample.slice(0, -1), Uint8Array.of(...sample, 0)]
      for (let at = 0; at < sample.length; at++) {
        for (let byte = 0; byte < 256; byte += at < 16 ? 1 : 37) {
          variants.push(sample.map((old, i) => (i === at ? byte : old)))
        }
      }
      expect(isOnSheet(sample)).toBe(true)
      for (const bytes of variants) expect(await judged(bytes)).toBe(expected(bytes))
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async bytes => {
        expect(await judged(bytes)).toBe(expected(bytes))
      }),
      { numRuns: 500 },
    )
  })
})

/**
 * The faults to try at this step. In a long conversation, where most steps are alike: all of them at every seventh
 * step, at each other step one after the other.
 */
function faultsOf(atStep: number, steps: number): readonly Fault[] {
  const all = variantsOf(atStep)
  if (steps <= SHORT_STEPS || atStep % 7 === 0) return all
  const one = all[atStep % all.length]
  return one ? [one] : []
}

/** Every kind of fault at this step, with several bits to turn and several delays. */
function variantsOf(atStep: number): readonly Fault[] {
  return faultKinds.flatMap((kind): readonly Fault[] => {
    // The front of a packet holds what matters most: marks, lengths, commands.
    if (kind === 'corrupt') return [7 * atStep, 34, 32 + (atStep % 8), 53 * atStep].map(bit => ({ atStep, kind, bit }))
    if (kind === 'delay') return [400, 6000, 60_000].map(delayMs => ({ atStep, kind, delayMs }))
    return [{ atStep, kind }]
  })
}

interface Change {
  readonly page: number
  readonly other: number
  readonly at: number
  readonly bytes: Uint8Array
  readonly how: 'overwrite' | 'insert' | 'cut' | 'remove' | 'swap' | 'repeat'
}

function withChange(pages: readonly Page[], { page, other, at, bytes, how }: Change): readonly Page[] {
  const old = pages[page]
  if (!old) return pages
  const head = old.bytes.slice(0, at)
  const tail = old.bytes.slice(at)
  const withBytes = (...parts: Uint8Array[]) =>
    pages.map((each, i) => (i === page ? { ...each, bytes: Uint8Array.from(parts.flatMap(part => [...part])) } : each))
  switch (how) {
    case 'overwrite':
      return withBytes(head, bytes, tail.slice(bytes.length))
    case 'insert':
      return withBytes(head, bytes, tail)
    case 'cut':
      return withBytes(head)
    case 'remove':
      return pages.filter((_, i) => i !== page)
    case 'swap':
      return pages.map((each, i) => (i === page ? (pages[other] ?? each) : i === other ? old : each))
    case 'repeat':
      return [...pages, old]
  }
}
