/**
 * The bench from beginning to end: prepares the machine, builds the app, boots the guest, runs the cases of
 * `cases/table.ts`, each lane in its own tab, prints a line for each and the sum as the last line. Whatever it has started
 * ends with it. On failure `test-results/bench/` holds what a case leaves behind.
 *
 * `--only=TEXT` runs the cases with this in their name. `--break` flips a byte in every answer of every device: a case
 * that is green then proves nothing.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, isBuilt } from '../../scripts/build.mjs'
import { root } from '../../scripts/inputs.mjs'
import { ensureChromium } from '../../scripts/install.mjs'
import { type BenchParts, createBench } from './bench.ts'
import { loopbacks } from './cases/loopback.ts'
import { type Case, type Lane, lanes } from './cases/table.ts'
import { broken } from './cases/troubles.ts'
import { pause, within } from './deadlines.ts'
import { type Kernel, NotHere, prepareMachine, whyNotHere } from './guest/prepare.ts'
import { setUp, type Stand } from './stand.ts'
import { keepTraces } from './traces.ts'
import { takeTurn } from './turn.ts'
import { type Tally, type Verdict, verdictOf, verdictOfBroken } from './verdict.ts'

const CASE_MS = 400_000
/** From the boot to the last case. Longer, and the machine is too slow for its results to mean anything. */
const RUN_MS = 900_000
/** For another bench to end. */
const TURN_MS = 1_200_000
/** For ending everything after it. */
const END_MS = 60_000
const results = join(root, 'test-results', 'bench')

/** Runs the bench; the answer is the exit status. Whatever hangs in it must not keep the program from ending then. */
export async function main(args: readonly string[]): Promise<number> {
  const only = args.find(each => each.startsWith('--only='))?.slice('--only='.length) ?? ''
  const chosen = lanes.map(lane => lane.filter(({ name }) => name.includes(only))).filter(lane => lane.length > 0)
  const count = chosen.flat().length
  if (count === 0) {
    print(`No case has "${only}" in its name`)
    return 1
  }
  // Before anything is touched that another may use. Kept until the program ends.
  if (process.platform === 'linux')
    await takeTurn(TURN_MS, () => print('Waiting for another USB bench on this machine …'))
  const prepared = await prepare()
  if (typeof prepared === 'string') {
    print(`USB bench not run here: ${prepared}`)
    return conclude(verdictOf({ passed: 0, failed: 0, skipped: count }))
  }
  const isBroken = args.includes('--break')
  const run = createRun(chosen, { kernel: prepared, tamper: isBroken ? broken : simulator => simulator })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      print(`FAILED ended by ${signal}`)
      void Promise.race([run.end(), pause(END_MS)]).then(() => {
        conclude(verdictOf({ ...run.tally(), failed: run.tally().failed + 1 }))
        process.exit(1)
      })
    })
  }
  try {
    await within(RUN_MS, 'the whole table', run.everyCase())
  } catch (error) {
    await run.fail(error)
  }
  await Promise.race([run.end(), pause(END_MS)])
  return conclude(isBroken ? verdictOfBroken(run.tally(), run.green) : verdictOf(run.tally()))
}

/** Brings what is missing and builds the app; a string says why the bench cannot run on this machine. */
async function prepare(): Promise<Kernel | string> {
  const reason = whyNotHere()
  if (reason !== undefined) return reason
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  try {
    const missing = await ensureChromium()
    if (missing) return missing
    const kernel = await prepareMachine()
    if (!isBuilt()) await build({ quiet: true })
    return kernel
  } catch (error) {
    if (error instanceof NotHere) return error.message.trim().replaceAll('\n', ' ')
    throw error
  }
}

interface RunOptions {
  readonly kernel: Kernel
  readonly tamper: BenchParts['tamper']
}

/** One way through the table, with what has come of it so far. */
function createRun(chosen: readonly Lane[], { kernel, tamper }: RunOptions) {
  const count = chosen.flat().length
  const green: string[] = []
  const running = new Set<string>()
  let failed = 0
  let done = 0
  /** The one in use; rejects when it could not be set up twice. */
  let stand: Promise<Stand> | undefined
  let mayBootAgain = true
  let boots = 0
  let isOver = false

  async function boot(): Promise<Stand> {
    const took = stopwatch()
    const alsoPermitted = Object.values(loopbacks).map(({ connection }) => connection)
    const up = await setUp({ kernel, folder: join(results, `guest-${++boots}`), alsoPermitted })
    print(`guest, Chromium and app up after ${took()} s`)
    return up
  }

  /** One boot may fail, or one guest die, without anything in it being to blame; a second time is a failure. */
  function standing(): Promise<Stand> {
    if (isOver) return Promise.reject(new Error('it is over'))
    stand ??= boot().catch((error: unknown) => {
      mayRepeat(`it could not be set up (${textOf(error)})`)
      return boot()
    })
    return stand
  }

  function mayRepeat(why: string): void {
    if (isOver) throw new Error('it is over')
    if (!mayBootAgain) throw new Error(`INFRASTRUCTURE ${why}, for the second time`)
    mayBootAgain = false
    print(`INFRASTRUCTURE ${why}; no case is to blame, the guest is booted once more`)
  }

  /** Another lane may have noticed first: then the new one is there already, or on its way. */
  async function leave(old: Promise<Stand>, why: string): Promise<void> {
    if (stand !== old) return
    mayRepeat(why)
    stand = undefined
    await (await old).end()
  }

  async function runCase(each: Case, lane: number): Promise<void> {
    const mine = standing()
    const { partsOf, trouble } = await mine
    const took = stopwatch()
    const failure = await failureOf(each, { ...(await partsOf(lane)), tamper })
    if (failure === undefined) {
      print(`ok     ${each.name} (${took()} s)`)
      green.push(each.name)
      return
    }
    const why = stand === mine ? await trouble() : 'the guest was given up'
    if (why !== undefined && (mayBootAgain || stand !== mine)) {
      await leave(mine, `${why} during "${each.name}"`)
      return runCase(each, lane)
    }
    print(`FAILED ${each.name} (${took()} s): ${failure}`)
    failed++
    if (why !== undefined) await leave(mine, why)
  }

  return {
    green,
    tally: (): Tally => ({ passed: green.length, failed, skipped: count - done }),
    /** Something failed that is no case. */
    async fail(error: unknown) {
      const rest = running.size > 0 ? `; not run to the end: "${[...running].join('", "')}" and what comes after` : ''
      print(`FAILED ${textOf(error)}${rest}`)
      failed++
      const last = await stand?.catch(() => undefined)
      if (last) await keepTraces(join(results, 'unfinished'), { ...last.parts, wire: [], error })
    },
    async everyCase() {
      await Promise.all(
        chosen.map(async (lane, index) => {
          for (const each of lane) {
            running.add(each.name)
            await runCase(each, index)
            running.delete(each.name)
            done++
          }
        }),
      )
    },
    async end() {
      isOver = true
      const last = await stand?.catch(() => undefined)
      await last?.end()
    },
  }
}

/** Why the case failed; `undefined` when it did not. What it leaves behind is kept. */
async function failureOf({ name, story }: Case, parts: BenchParts): Promise<string | undefined> {
  const took = stopwatch()
  const wire: string[] = []
  const bench = createBench(parts, line => wire.push(`${took()} ${line}`))
  let failure: unknown
  try {
    await within(CASE_MS, 'the case', story(bench))
  } catch (error) {
    failure = error
  }
  if (failure !== undefined)
    await keepTraces(join(results, name.replace(/\W+/g, '-')), { ...parts, wire, error: failure })
  try {
    await within(CASE_MS, 'the case to be cleared away', bench.end())
    // Whatever the app is in the middle of, the next case begins afresh.
    if (failure !== undefined) await parts.browser.page.reload()
  } catch (error) {
    // A case that leaves something behind would make a later one fail.
    failure ??= error
  }
  return failure === undefined ? undefined : textOf(failure).split('\n')[0]
}

const stopwatch = () => {
  const start = performance.now()
  return () => ((performance.now() - start) / 1000).toFixed(1)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function conclude({ lines, status }: Verdict): number {
  for (const line of lines) print(line)
  return status
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
