/**
 * The bench from beginning to end: prepares the machine, builds the app, boots the guest, runs the cases of
 * `cases/table.ts` one after the other, prints a line for each and the sum as the last line. Whatever it has started
 * ends with it. On failure `test-results/bench/` holds what a case leaves behind.
 *
 * `--only=TEXT` runs the cases with this in their name. `--break` flips a byte in every answer of every device: a run
 * that is not red then proves nothing.
 */
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Simulator } from '#devices/driver.ts'
import { build, isBuilt } from '../../scripts/build.mjs'
import { ensureChromium } from '../../scripts/install.mjs'
import { root } from '../../scripts/inputs.mjs'
import { closingLine } from '../../scripts/tally.mjs'
import { type BenchParts, createBench } from './bench.ts'
import { startBrowser } from './browser.ts'
import { loopbacks } from './cases/loopback.ts'
import { withDamage } from './cases/troubles.ts'
import { type Case, cases } from './cases/table.ts'
import { pause, within } from './deadlines.ts'
import { startGuest } from './guest/guest.ts'
import { prepareMachine, whyNotHere } from './guest/prepare.ts'
import { buildProbeScript } from './probeScript.ts'
import { spawnTied } from './tied.ts'
import { startUsbIpServer } from './usbip/server.ts'

const CASE_MS = 240_000
/** Longer, and the machine is too slow for its results to mean anything. */
const RUN_MS = 900_000
const END_MS = 10_000
const results = join(root, 'test-results', 'bench')

/** Runs the bench; the answer is the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const only = args.find(each => each.startsWith('--only='))?.slice('--only='.length) ?? ''
  const chosen = cases.filter(({ name }) => name.includes(only))
  if (chosen.length === 0) {
    print(`No case has "${only}" in its name`)
    return 1
  }
  const reason = whyNotHere()
  if (reason !== undefined) {
    print(`USB bench not run here: ${reason}`)
    print(closingLine({ passed: 0, failed: 0, skipped: chosen.length }))
    return 0
  }
  const ends: (() => Promise<unknown>)[] = []
  const endAll = async () => {
    for (const end of ends.splice(0).reverse()) await Promise.race([end().catch(() => undefined), pause(END_MS)])
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void endAll().then(() => process.exit(1)))
  }
  const startedAt = performance.now()
  const tally = { passed: 0, failed: 0, skipped: 0 }
  try {
    const parts = await prepare(ends, args.includes('--break'))
    for (const each of chosen) {
      if (performance.now() - startedAt > RUN_MS)
        throw new Error(`not everything was run within ${RUN_MS / 60_000} minutes`)
      if (await runCase(each, parts)) tally.passed++
      else tally.failed++
    }
  } catch (error) {
    print(`FAILED ${textOf(error)}`)
    tally.failed++
  } finally {
    await endAll()
  }
  print(closingLine(tally))
  return tally.failed === 0 ? 0 : 1
}

async function prepare(ends: (() => Promise<unknown>)[], isBroken: boolean): Promise<BenchParts> {
  const took = stopwatch()
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const missing = await ensureChromium()
  if (missing) throw new Error(missing)
  const kernel = await prepareMachine()
  if (!isBuilt()) await build({ quiet: true })
  const probeScript = await buildProbeScript()
  const serverFile = join(root, 'dist', 'server', 'main.js')
  const server = spawnTied(process.execPath, [serverFile], { ...process.env, PORT: '0', HOST: '127.0.0.1' })
  server.stderr.pipe(process.stderr)
  ends.push(async () => server.kill('SIGKILL'))
  const appPort = await portOf(server)
  const usb = await startUsbIpServer()
  ends.push(() => usb.close())
  const ready = took()
  const guest = await startGuest({ kernel, folder: join(results, 'guest') })
  ends.push(() => guest.stop())
  const booted = took()
  const alsoPermitted = Object.values(loopbacks).map(({ connection }) => connection)
  const browser = await startBrowser({ guest, appPort, alsoPermitted }).catch(async (error: unknown) => {
    await keepTraces(join(results, 'guest'), { guest }, [], error)
    throw error
  })
  ends.push(() => browser.close())
  const origin = `http://localhost:${appPort}`
  await browser.page.goto(origin)
  await browser.page.getByRole('heading').first().waitFor()
  print(`prepared in ${ready} s, guest up after ${booted} s, app loaded after ${took()} s`)
  return { guest, usb, browser, origin, probeScript, tamper: isBroken ? broken : simulator => simulator }
}

/** For the alarm test: a device that never says anything right. */
const broken = (simulator: Simulator): Simulator => withDamage(simulator, 1)

async function portOf(server: ReturnType<typeof spawnTied>): Promise<number> {
  const [line] = await within(20_000, 'the server to start', once(server.stdout, 'data'))
  const port = Number(/:(\d+)\//.exec(String(line))?.[1])
  if (!port) throw new Error(`the server did not start: ${String(line)}`)
  return port
}

async function runCase({ name, story }: Case, parts: BenchParts): Promise<boolean> {
  const took = stopwatch()
  const lines: string[] = []
  const bench = createBench(parts, line => lines.push(`${took()} ${line}`))
  try {
    await within(CASE_MS, 'the case', story(bench))
    print(`ok     ${name} (${took()} s)`)
    return true
  } catch (error) {
    print(`FAILED ${name} (${took()} s): ${textOf(error).split('\n')[0]}`)
    await keepTraces(join(results, name.replace(/\W+/g, '-')), parts, lines, error)
    // Whatever the app is in the middle of, the next case begins afresh.
    await parts.browser.page.reload().catch(() => undefined)
    return false
  } finally {
    await within(CASE_MS, 'the case to be cleared away', bench.end()).catch((error: unknown) =>
      print(`       after it: ${textOf(error)}`),
    )
  }
}

/** Whatever can still be had; what cannot is no second failure. */
async function keepTraces(
  folder: string,
  { guest, browser }: Pick<BenchParts, 'guest'> & Partial<BenchParts>,
  wire: readonly string[],
  error: unknown,
) {
  mkdirSync(folder, { recursive: true })
  const keep = async (file: string, content: () => Promise<string | Buffer>) => {
    const kept = await content().catch((reason: unknown) => `not to be had: ${String(reason)}`)
    writeFileSync(join(folder, file), kept)
  }
  await keep('error.txt', async () => (error instanceof Error ? (error.stack ?? error.message) : String(error)))
  await keep('wire.log', async () => wire.join('\n'))
  await keep('kernel.log', () => guest.run('dmesg | tail -n 200', 'the last messages of the guest'))
  await keep('chromium.log', () => guest.run('tail -n 200 /run/chromium.log', 'what Chromium said'))
  for (const [index, page] of (browser?.context.pages() ?? []).entries()) {
    await keep(`page-${index + 1}.txt`, () => page.locator('body').innerText())
    await keep(`page-${index + 1}.png`, () => page.screenshot())
  }
}

const stopwatch = () => {
  const start = performance.now()
  return () => ((performance.now() - start) / 1000).toFixed(1)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
