/**
 * The benchmarks that need no browser, each in a process of its own: `import FILE`, `decode DRIVER`, `sample PATH DAYS`,
 * `statistics DAYS`, `wire stick|link|minimed-600`, `pages FOLDER MODEL`, `sample-600 PATH WHAT`, `decode-600 PATH`. Prints one line of JSON.
 */
import { connectionOf, isScenarioOf } from '#devices/connectionOf.ts'
import { readFileSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { encodeDownload } from '#devices/downloadFile.ts'
import { loadDriver, loadSimulation, allModels, driverOfModel } from '#devices/registry.ts'
import { systemClock } from '#devices/ports/clock.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { recognise } from '#files/registry.ts'
import type { DeviceTime } from '#records/time.ts'
import { Collector } from '#store/collect.ts'
import { readTimed as readTimed600 } from '../test/devices/minimed-600/wireTime.ts'
import { readTimed } from '../test/devices/paradigm/wireTime.ts'
import { decodeMinimed600, writeMinimed600 } from './minimed600.ts'
import { cutPages } from './paradigmPages.ts'
import { decodePages } from './paradigmRecords.ts'
import { writeSample } from './sampleFile.ts'
import { timeStatistics } from './statistics.ts'

const [task, ...words] = process.argv.slice(2)
const tasks: Readonly<Record<string, (...words: string[]) => Promise<object>>> = {
  import: importFile,
  decode: decodeDownloads,
  statistics: async days => timeStatistics(Number(days)),
  sample: (path, days) => writeSample(path ?? '', Number(days)),
  pages: async (folder, model) => cutPages(folder ?? '', model ?? ''),
  'page-records': async (folder, model) => decodePages(folder ?? '', model ?? ''),
  'sample-600': async (path, what) => writeMinimed600(path ?? '', what ?? ''),
  'decode-600': async path => decodeMinimed600(path ?? '', peakMb),
  wire: async way => (way === 'minimed-600' ? readTimed600() : readTimed(way === 'link' ? 'link' : 'stick', false)),
}
const result = await tasks[task ?? '']?.(...words)
if (!result) throw new Error(`There is no benchmark "${task}"`)
process.stdout.write(`${JSON.stringify(result)}\n`)

/** The importer and the store's sorting into day chunks, as the data worker does it, without the database. */
async function importFile(path = ''): Promise<object> {
  const baseMb = peakMb()
  const { size } = await stat(path)
  const file = await open(path)
  const head = new Uint8Array(65_536)
  await file.read(head, 0, head.length, 0)
  const importer = await recognise(head, basename(path))
  if (!importer) throw new Error(`No importer knows ${basename(path)}`)
  const collector = new Collector({ artifactId: 'bench', decoderVersion: 1, route: `file:${importer.id}` })
  let records = 0
  const started = performance.now()
  await importer.read(stretches(), {
    device: identity => collector.device(identity),
    record: (device, record) => {
      records++
      collector.record(device, record)
    },
    skipped: skipped => collector.skipped(skipped),
    warning: text => collector.warning(text),
    progress: () => {},
  })
  const batch = collector.finish()
  const seconds = (performance.now() - started) / 1000
  await file.close()
  return { bytes: size, records, skipped: batch.skipped.count, seconds, baseMb, peakMb: peakMb() }

  async function* stretches(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < size; at += 65_536) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(65_536), 0, 65_536, at)
      yield buffer.subarray(0, bytesRead)
    }
  }
}

/** A full memory, read once from the driver's simulator, then decoded over and over. */
async function decodeDownloads(name = ''): Promise<object> {
  const driver = await loadDriver(name)
  const simulation = await loadSimulation(name)
  const model = allModels.find(({ id }) => driverOfModel(id) === name)
  const scenarios = simulation?.scenarios.filter(each => model && isScenarioOf(model, each) && !each.endsIn)
  const scenario = scenarios?.find(({ id }) => id === 'full') ?? scenarios?.[0]
  if (!driver || !simulation || !model || !scenario) throw new Error(`No simulated device of ${name}`)
  // 2026-03-14T08:05:00 as a wall clock.
  const now = Date.UTC(2026, 2, 14, 8, 5) as DeviceTime
  const port = openSimulated(simulation.create(model.id, scenario.id, now), driver.mayWrite, { clock: systemClock })
  const download = await driver.download(port, {
    model,
    signal: new AbortController().signal,
    clock: systemClock,
    connection: connectionOf(model, scenario),
    answers: scenario.answers ?? {},
    async *earlier() {},
    progress: () => {},
    log: () => {},
    keep: () => {},
  })
  const { length } = encodeDownload(download)
  const records = driver.decode(download).records.length
  let rounds = 0
  const started = performance.now()
  while (performance.now() - started < 1500) {
    driver.decode(download)
    rounds++
  }
  const seconds = (performance.now() - started) / 1000

  return { records, bytes: length, megabytesPerSecond: (rounds * length) / 1e6 / seconds }
}

/**
 * Largest resident memory of this process so far. Linux keeps it in /proc; `maxRSS` would also count the process that
 * started us.
 */
function peakMb(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return process.resourceUsage().maxRSS / 1024
  }
}
